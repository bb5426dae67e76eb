import * as Api from '../../../generated/api/index.js'
import { apiPeer, apiPeers, peersIn } from './to-api.js'
import type { BoxMessage, Origin } from './message-box.js'
import type { WorldChannel, WorldPeer, WorldUser } from './peers.js'
import type { World } from './world.js'

/** Who says something, or has done something, and where. */
export interface Posting {
  readonly from: WorldUser
  readonly to: WorldPeer
  /** The message that it answers, as its sender counts. */
  readonly replyToMsgId?: number | undefined
  /** Who gets it whether or not they are members: those who have just been taken out of a basic group. */
  readonly also?: readonly WorldUser[]
  /** The key whose query this is: its answer carries the message, so it gets no push. */
  readonly exceptKeyId?: bigint | undefined
}

/** What one owner of a box has of a message. */
export interface Copy {
  readonly out: boolean
  readonly id: number
  readonly date: number
  readonly peer: WorldPeer
  readonly replyToMsgId: number | undefined
}

export interface Posted<Kind extends BoxMessage> {
  /** The message as its sender has it. */
  readonly message: Kind
  /** The update that the sender's own log got. */
  readonly update: Api.TypeUpdate
  readonly pts: number
}

/**
 * Puts a message into the boxes of all who see it, logs it, and pushes it to their sessions. A channel has one box; in
 * private chats and basic groups everybody has a copy under an id of their own.
 */
export function post<Kind extends BoxMessage>(world: World, posting: Posting, build: (copy: Copy) => Kind): Posted<Kind> {
  return posting.to.kind === 'channel' ? postToChannel(world, posting, posting.to, build) : postToBoxes(world, posting, build)
}

/** What messages of every kind say: where and when, and who has sent them. */
export type Envelope = Pick<BoxMessage, 'id' | 'out' | 'post' | 'fromId' | 'peerId' | 'date' | 'replyTo'>

export function envelopeOf(from: WorldUser, { out, id, date, peer, replyToMsgId }: Copy): Envelope {
  // What admins of a channel write is the channel's own.
  const isPost = peer.kind === 'channel' && !peer.megagroup
  const replyTo = replyToMsgId === undefined ? undefined : new Api.MessageReplyHeader({ replyToMsgId })
  return { id, out, post: isPost, fromId: isPost ? undefined : apiPeer(from), peerId: apiPeer(peer), date, replyTo }
}

function postToChannel<Kind extends BoxMessage>(
  world: World,
  posting: Posting,
  channel: WorldChannel,
  build: (copy: Copy) => Kind,
): Posted<Kind> {
  const date = world.now()
  const id = channel.box.nextId()
  const copyFor = (out: boolean): Kind => build({ out, id, date, peer: channel, replyToMsgId: posting.replyToMsgId })
  const message = copyFor(true)
  channel.box.messages.set(id, copyFor(false))
  channel.box.origins.set(id, { author: posting.from.id, ids: new Map(), reactions: new Map() })
  const { pts, ptsCount, update } = channel.box.log.append(date, 1, (pts) =>
    new Api.UpdateNewChannelMessage({ message: copyFor(false), pts, ptsCount: 1 }),
  )
  for (const viewer of world.membersOf(channel)) {
    const own = viewer === posting.from ? new Api.UpdateNewChannelMessage({ message, pts, ptsCount }) : update
    push(world, posting, viewer, own, date)
  }
  return { message, pts, update: new Api.UpdateNewChannelMessage({ message, pts, ptsCount }) }
}

function postToBoxes<Kind extends BoxMessage>(world: World, posting: Posting, build: (copy: Copy) => Kind): Posted<Kind> {
  const { from, to, also = [] } = posting
  const date = world.now()
  const replied = posting.replyToMsgId === undefined ? undefined : from.box.origins.get(posting.replyToMsgId)
  const ids = new Map<bigint, number>()
  const reactions: Origin['reactions'] = new Map()
  let own: Posted<Kind> | undefined
  for (const user of new Set([from, ...world.membersOf(to), ...also])) {
    const out = user === from
    const peer = to.kind === 'user' && !out ? from : to
    const message = build({ out, id: user.box.nextId(), date, peer, replyToMsgId: replied?.ids.get(user.id) })
    user.box.messages.set(message.id, message)
    user.box.origins.set(message.id, { author: from.id, ids, reactions })
    ids.set(user.id, message.id)
    const { pts, update } = user.box.log.append(date, 1, (pts) =>
      new Api.UpdateNewMessage({ message, pts, ptsCount: 1 }),
    )
    if (out) own = { message, update, pts }
    push(world, posting, user, update, date)
  }
  return own!
}

function push(
  world: World,
  { from, to, exceptKeyId }: Posting,
  viewer: WorldUser,
  update: Api.TypeUpdate,
  date: number,
): void {
  const { message } = update as Api.UpdateNewMessage
  const peers = [from, to, ...peersIn([message], world)]
  world.deliveries.deliver({
    userId: viewer.id,
    updates: new Api.Updates({ updates: [update], ...apiPeers(peers, viewer), date, seq: 0 }),
    exceptKeyId: viewer.id === from.id ? exceptKeyId : undefined,
  })
}
