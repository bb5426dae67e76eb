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
const MAX_HISTORY = 100

/** Plain messages: sending, which is idempotent by `random_id`, and reading back. */
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

  services.on(Api.messages.GetHistory, 'account', (request, context) => {
    const caller = callerOf(context)
    const peer = peerOf(context, request.peer)
    const { box, belongs } = boxOf(peer, caller)
    const wanted = (message: Api.Message): boolean =>
      belongs(message) && (request.maxId === 0 || message.id < request.maxId) && message.id > request.minId
    const limit = Math.max(1, Math.min(request.limit || MAX_HISTORY, MAX_HISTORY))
    const messages = box.history(wanted, request.offsetId, limit)
    const count = box.history(belongs, 0, Number.MAX_SAFE_INTEGER).length
    const senders = messages.map(({ fromId }) => fromId && peerOfApi(context.world, fromId))
    const shared = { messages, topics: [], ...apiPeers([peer, ...senders], caller) }
    if (peer.kind === 'channel') return new Api.messages.ChannelMessages({ ...shared, pts: box.log.pts, count })
    return count > messages.length
      ? new Api.messages.MessagesSlice({ ...shared, count })
      : new Api.messages.Messages(shared)
  })

  services.on(Api.messages.GetDialogs, 'account', (_request, context) => {
    const caller = callerOf(context)
    const newest = new Map<WorldPeer, Api.Message>()
    for (const message of caller.box.history(() => true, 0, Number.MAX_SAFE_INTEGER)) {
      const peer = peerOfApi(context.world, message.peerId)
      if (peer && !newest.has(peer)) newest.set(peer, message)
    }
    const dialogs = [...newest].map(([peer, { id }]) =>
      new Api.Dialog({
        peer: apiPeer(peer),
        topMessage: id,
        readInboxMaxId: 0,
        readOutboxMaxId: 0,
        unreadCount: 0,
        unreadMentionsCount: 0,
        unreadReactionsCount: 0,
        unreadPollVotesCount: 0,
        notifySettings: new Api.PeerNotifySettings({}),
      }),
    )
    const messages = [...newest.values()]
    return new Api.messages.Dialogs({ dialogs, messages, ...apiPeers([caller, ...newest.keys()], caller) })
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

/** Where the messages with `peer` lie, and which of that box they are. */
function boxOf(peer: WorldPeer, caller: WorldUser): { box: MessageBox; belongs: (message: Api.Message) => boolean } {
  if (peer.kind === 'channel') return { box: peer.box, belongs: () => true }
  const key = (other: Api.TypePeer): string =>
    other instanceof Api.PeerUser
      ? `user ${other.userId}`
      : other instanceof Api.PeerChat
        ? `chat ${other.chatId}`
        : 'channel'
  const wanted = `${peer.kind} ${peer.id}`
  return { box: caller.box, belongs: (message) => key(message.peerId) === wanted }
}
