import * as Api from '../../../generated/api/index.js'
import type { BoxMessage } from '../world/message-box.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import { seenBy } from '../world/seen-by.js'
import { apiPeer, apiPeers, peerOfApi, peersIn } from '../world/to-api.js'
import type { World } from '../world/world.js'
import type { HandlerContext } from './context.js'
import { callerOf, peerOf, type InputField } from './input-peers.js'
import { isUnread } from './reads.js'
import type { ServiceRegistry } from './registry.js'
import { stateOf } from './updates.js'

const MAX_DIALOGS = 100
const ARCHIVE = 1

interface Conversation {
  readonly peer: WorldPeer
  readonly newest: BoxMessage
  unread: number
}

/**
 * The list of chats, those with the newest messages first. No chat is pinned or archived here.
 * @see https://core.telegram.org/api/offsets
 */
export function addDialogServices(services: ServiceRegistry): void {
  services.on(Api.messages.GetDialogs, 'account', (request, context) => {
    const caller = callerOf(context)
    const all = request.folderId === ARCHIVE ? [] : conversations(context.world, caller)
    const limit = Math.max(1, Math.min(request.limit || MAX_DIALOGS, MAX_DIALOGS))
    const after = startOf(all, request, context)
    const page = all.slice(after, after + limit)
    const shared = described(page, context)
    return page.length < all.length
      ? new Api.messages.DialogsSlice({ ...shared, count: all.length })
      : new Api.messages.Dialogs(shared)
  })

  services.on(Api.messages.GetPeerDialogs, 'account', ({ peers }, context) => {
    const wanted = new Set(peers.map((each) => ('peer' in each ? peerOf(context, each.peer) : undefined)))
    return peerDialogs((peer) => wanted.has(peer), context)
  })

  services.on(Api.messages.GetPinnedDialogs, 'account', (_request, context) => peerDialogs(() => false, context))
}

/** Those of these chats that there are messages with. */
function peerDialogs(wanted: (peer: WorldPeer) => boolean, context: HandlerContext): Api.messages.PeerDialogs {
  const caller = callerOf(context)
  const found = conversations(context.world, caller).filter(({ peer }) => wanted(peer))
  return new Api.messages.PeerDialogs({ ...described(found, context), state: stateOf(caller, context) })
}

/** Conversations as an answer has them: with the newest message of each, and whom these speak of. */
function described(page: readonly Conversation[], context: HandlerContext) {
  const caller = callerOf(context)
  const messages = page.map(({ newest }) => seenBy(caller, newest, context.world))
  return {
    dialogs: page.map((conversation) => apiDialog(conversation, caller)),
    messages,
    ...apiPeers([caller, ...page.map(({ peer }) => peer), ...peersIn(messages, context.world)], caller),
  }
}

/** Every user, group and channel that the account has messages with. */
function conversations(world: World, caller: WorldUser): Conversation[] {
  const found = new Map<WorldPeer, Conversation>()
  const meet = (peer: WorldPeer | undefined, message: BoxMessage): void => {
    if (!peer) return
    const conversation = found.get(peer) ?? { peer, newest: message, unread: 0 }
    found.set(peer, conversation)
    if (isUnread(message.id, caller, peer)) conversation.unread++
  }
  const own = caller.box.history(() => true, 0, Infinity)
  for (const message of own) meet(peerOfApi(world, message.peerId), message)
  for (const channel of world.channels.values()) {
    if (!channel.members.has(caller.id)) continue
    for (const message of channel.box.history(() => true, 0, Infinity)) meet(channel, message)
  }
  return [...found.values()].sort((a, b) => b.newest.date - a.newest.date || b.newest.id - a.newest.id)
}

interface Offset {
  readonly offsetDate: number
  readonly offsetPeer: InputField
}

/** The place behind the dialog that the offset names; where it names none, the first that is not younger than its date. */
function startOf(all: readonly Conversation[], { offsetDate, offsetPeer }: Offset, context: HandlerContext): number {
  const last = offsetPeer instanceof Api.InputPeerEmpty ? undefined : peerOf(context, offsetPeer)
  const place = all.findIndex(({ peer }) => peer === last)
  if (place !== -1) return place + 1
  if (offsetDate === 0) return 0
  const older = all.findIndex(({ newest }) => newest.date <= offsetDate)
  return older === -1 ? all.length : older
}

function apiDialog({ peer, newest, unread }: Conversation, caller: WorldUser): Api.Dialog {
  return new Api.Dialog({
    peer: apiPeer(peer),
    topMessage: newest.id,
    readInboxMaxId: caller.box.readUpTo.get(peer) ?? 0,
    readOutboxMaxId: caller.box.readByOthers.get(peer) ?? 0,
    unreadCount: unread,
    unreadMentionsCount: 0,
    unreadReactionsCount: 0,
    unreadPollVotesCount: 0,
    notifySettings: new Api.PeerNotifySettings({}),
    draft: caller.drafts.get(peer),
    ...(peer.kind === 'channel' && { pts: peer.box.log.pts }),
  })
}
