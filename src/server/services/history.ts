import * as Api from '../../../generated/api/index.js'
import type { BoxMessage, MessageBox } from '../world/message-box.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import { seenBy } from '../world/seen-by.js'
import { apiPeers, peerOfApi, peersIn } from '../world/to-api.js'
import type { World } from '../world/world.js'
import type { HandlerContext } from './context.js'
import { callerOf, peerOf } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'
import { matches } from './search-filter.js'

const MAX_PAGE = 100

/**
 * Messages in pages: histories, answers to a message, and searches.
 * @see https://core.telegram.org/api/offsets
 */
export function addHistoryServices(services: ServiceRegistry): void {
  services.on(Api.messages.GetHistory, 'account', (request, context) => {
    const peer = peerOf(context, request.peer)
    return answer(peer, messagesWith(peer, callerOf(context), context.world), request, context)
  })

  services.on(Api.messages.GetReplies, 'account', (request, context) => {
    const peer = peerOf(context, request.peer)
    const { msgId } = request
    const replies = messagesWith(peer, callerOf(context), context.world).filter(
      ({ replyTo }) => replyTo instanceof Api.MessageReplyHeader && replyTo.replyToMsgId === msgId,
    )
    return answer(peer, replies, request, context)
  })

  services.on(Api.messages.Search, 'account', (request, context) => {
    const { peer: input, fromId, q, filter, minDate, maxDate } = request
    const peer = input instanceof Api.InputPeerEmpty ? undefined : peerOf(context, input)
    const author = fromId === undefined ? undefined : peerOf(context, fromId)
    const all = peer === undefined ? allOf(callerOf(context), context) : messagesWith(peer, callerOf(context), context.world)
    const found = all.filter(
      (message) =>
        matches(message, q, filter) &&
        (author === undefined || authorOf(message, context) === author) &&
        message.date > minDate &&
        (maxDate === 0 || message.date < maxDate),
    )
    return answer(peer, found, { ...request, offsetDate: 0 }, context)
  })

  services.on(Api.messages.SearchGlobal, 'account', (request, context) => {
    const { q, filter, minDate, maxDate, offsetRate, limit } = request
    if (q === '' && filter instanceof Api.InputMessagesFilterEmpty) refuse(400, 'SEARCH_QUERY_EMPTY')
    const found = allOf(callerOf(context), context).filter(
      (message) => matches(message, q, filter) && message.date > minDate && (maxDate === 0 || message.date < maxDate),
    )
    // The rate is where the next page begins, and nothing to anybody else.
    const next = offsetRate + Math.max(1, Math.min(limit || MAX_PAGE, MAX_PAGE))
    const messages = found.slice(offsetRate, next)
    const nextRate = next < found.length ? next : undefined
    return new Api.messages.MessagesSlice({ ...shared(undefined, messages, context), count: found.length, nextRate })
  })
}

interface Page {
  readonly offsetId: number
  readonly offsetDate: number
  readonly addOffset: number
  readonly limit: number
  readonly maxId: number
  readonly minId: number
}

/** One page of messages that stand newest first. */
function answer(
  peer: WorldPeer | undefined,
  all: readonly BoxMessage[],
  page: Page,
  context: HandlerContext,
): Api.messages.TypeMessages {
  const messages = pageOf(all, page)
  const answered = shared(peer, messages, context)
  const count = all.length
  if (peer?.kind === 'channel') return new Api.messages.ChannelMessages({ ...answered, pts: peer.box.log.pts, count })
  return count > messages.length
    ? new Api.messages.MessagesSlice({ ...answered, count })
    : new Api.messages.Messages(answered)
}

function pageOf(all: readonly BoxMessage[], page: Page): BoxMessage[] {
  const { offsetId, offsetDate, addOffset, maxId, minId } = page
  const limit = Math.max(1, Math.min(page.limit || MAX_PAGE, MAX_PAGE))
  const isOlder = ({ id, date }: BoxMessage): boolean =>
    offsetId !== 0 ? id < offsetId : offsetDate === 0 || date < offsetDate
  const first = all.findIndex(isOlder)
  const start = (first === -1 ? all.length : first) + addOffset
  return all
    .slice(Math.max(0, start), Math.max(0, start + limit))
    .filter(({ id }) => (maxId === 0 || id < maxId) && id > minId)
}

function shared(peer: WorldPeer | undefined, found: readonly BoxMessage[], context: HandlerContext) {
  const { world } = context
  const caller = callerOf(context)
  const messages = found.map((message) => seenBy(caller, message, world))
  return { messages, topics: [], ...apiPeers([peer, ...peersIn(messages, world)], caller) }
}

/** The messages with `peer`, newest first. */
export function messagesWith(peer: WorldPeer, caller: WorldUser, world: World): BoxMessage[] {
  if (peer.kind === 'channel') return everything(peer.box)
  return caller.box.history(({ peerId }) => peerOfApi(world, peerId) === peer, 0, Infinity)
}

/** All that the account can read, newest first. */
function allOf(caller: WorldUser, { world }: HandlerContext): BoxMessage[] {
  const channels = [...world.channels.values()].filter(({ members }) => members.has(caller.id))
  const all = [caller.box, ...channels.map(({ box }) => box)].flatMap(everything)
  return all.sort((a, b) => b.date - a.date)
}

function everything(box: MessageBox): BoxMessage[] {
  return box.history(() => true, 0, Infinity)
}

function authorOf({ fromId, peerId }: BoxMessage, { world }: HandlerContext): WorldPeer | undefined {
  return peerOfApi(world, fromId ?? peerId)
}
