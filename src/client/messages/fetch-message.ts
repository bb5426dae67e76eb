import * as Api from '../../../generated/api/index.js'
import { inputChannelOf } from '../../entities/convert.js'
import type { TelegramClient } from '../telegram-client.js'

/** One message, fresh from the server; `undefined` where it is gone. Its chat matters for channels alone. */
export async function fetchMessage(
  client: TelegramClient,
  peer: Api.TypeInputPeer | undefined,
  message: number | Api.TypeInputMessage,
): Promise<Api.Message | undefined> {
  const answer = await askForMessages(client, peer, [message])
  const found = answer.className === 'messages.MessagesNotModified' ? undefined : answer.messages[0]
  return found instanceof Api.Message ? found : undefined
}

/** Messages by their ids, or by their places; at most a page of them. */
export function askForMessages(
  client: TelegramClient,
  peer: Api.TypeInputPeer | undefined,
  messages: readonly (number | Api.TypeInputMessage)[],
): Promise<Api.messages.TypeMessages> {
  const channel = peer && inputChannelOf(peer)
  const id = messages.map((each) => (typeof each === 'number' ? new Api.InputMessageID({ id: each }) : each))
  return client.invoke(
    channel === undefined ? new Api.messages.GetMessages({ id }) : new Api.channels.GetMessages({ channel, id }),
  )
}
