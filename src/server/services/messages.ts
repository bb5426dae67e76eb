import * as Api from '../../../generated/api/index.js'
import { BoundedMap } from '../bounded-map.js'
import { REMEMBERED_RANDOM_IDS } from '../limits.js'
import { sendMessage } from '../world/messages.js'
import type { MessageBox } from '../world/message-box.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import { apiPeer, apiPeers, peerOfApi } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf, peerOf, type InputField } from './input-peers.js'
import { toBigInt } from './longs.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

const MAX_TEXT = 4096

/** Plain messages: sending them, which is idempotent by `random_id`. */
export function addMessageServices(services: ServiceRegistry): void {
  const sent = new BoundedMap<string, true>(REMEMBERED_RANDOM_IDS)

  services.on(Api.messages.SendMessage, 'account', (request, context) => {
    const from = callerOf(context)
    const once = `${from.id}:${toBigInt(request.randomId)}`
    if (sent.has(once)) refuse(500, 'RANDOM_ID_DUPLICATE')
    const to = writable(context, request.peer, from)
    const { message: text, entities, silent } = request
    checkText(text)
    const { message, update } = sendMessage(context.world, {
      from,
      to,
      text,
      entities,
      silent,
      replyMarkup: from.bot ? request.replyMarkup : undefined,
      replyToMsgId: repliedTo(request.replyTo),
      exceptKeyId: context.key.id,
    })
    const updates = new Api.Updates({
      updates: [new Api.UpdateMessageID({ id: message.id, randomId: request.randomId }), update],
      ...apiPeers([from, to], from),
      date: message.date,
      seq: 0,
    })
    sent.set(once, true)
    return updates
  })
}

/** @throws {RpcError} 400 MESSAGE_EMPTY, MESSAGE_TOO_LONG */
export function checkText(text: string): void {
  if (text === '') refuse(400, 'MESSAGE_EMPTY')
  if (text.length > MAX_TEXT) refuse(400, 'MESSAGE_TOO_LONG')
}

export function repliedTo(replyTo: Api.TypeInputReplyTo | undefined): number | undefined {
  return replyTo instanceof Api.InputReplyToMessage ? replyTo.replyToMsgId : undefined
}

/** The peer, where `from` may write. @throws {RpcError} 403 CHAT_WRITE_FORBIDDEN */
export function writable(context: HandlerContext, input: InputField, from: WorldUser): WorldPeer {
  const to = peerOf(context, input)
  if (to.kind !== 'user' && !to.members.has(from.id)) refuse(403, 'CHAT_WRITE_FORBIDDEN')
  if (to.kind === 'channel' && !to.megagroup && !to.admins.has(from.id)) refuse(403, 'CHAT_WRITE_FORBIDDEN')
  return to
}
