import * as Api from '../../../generated/api/index.js'
import bigInt from 'big-integer'
import { getPeer } from '../compat/utils.js'
import type { TelegramClient } from '../telegram-client.js'
import { replyMarkup } from './markup.js'
import { messageIn } from './message-in.js'
import { checkParams, formatted, type SendMessageParams } from './params.js'
import { replyOf } from './reply-place.js'

/**
 * Sends a text, and returns the message that became of it; `undefined` where the server does not show it.
 * @throws {LocalError} `argument`, for parameters that are more than text and buttons.
 * @throws {RpcError} the server's refusal.
 */
export async function sendMessage(
  client: TelegramClient,
  peer: Api.TypeInputPeer,
  params: SendMessageParams,
): Promise<Api.Message | undefined> {
  checkParams('send', params)
  const { buttons, linkPreview, schedule, silent, clearDraft, noforwards } = params
  const request = new Api.messages.SendMessage({
    peer,
    ...(await formatted(client, params.message as string, params)),
    replyMarkup: replyMarkup(buttons),
    replyTo: replyOf(params),
    noWebpage: linkPreview === false,
    scheduleDate: schedule,
    silent,
    clearDraft,
    noforwards,
  })
  const updates = await client.invoke(request)
  return messageIn(updates, request.randomId) ?? shortSent(client, peer, request, updates)
}

/** The server says no more than what it has added to the request. */
async function shortSent(
  client: TelegramClient,
  peer: Api.TypeInputPeer,
  { message, replyMarkup: markup }: Api.messages.SendMessage,
  updates: Api.TypeUpdates,
): Promise<Api.Message | undefined> {
  if (updates.className !== 'UpdateShortSentMessage') return undefined
  const { id, date, out, media, entities, ttlPeriod } = updates
  const peerId = getPeer(bigInt(await client.getPeerId(peer)))
  return new Api.Message({ id, date, out, media, entities, ttlPeriod, peerId, message, replyMarkup: markup })
}
