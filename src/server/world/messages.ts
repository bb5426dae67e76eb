import * as Api from '../../../generated/api/index.js'
import { apiPeer, apiPeers, peersIn } from './to-api.js'
import type { Origin } from './message-box.js'
import type { WorldPeer, WorldUser } from './peers.js'
import type { World } from './world.js'

/** What a message may carry besides its text. */
type Extras = Partial<Pick<Api.Message, 'media' | 'entities' | 'replyMarkup' | 'silent' | 'fwdFrom'>>

export interface NewMessage extends Extras {
  /** The same for all messages of an album. */
  readonly groupedId?: bigint | undefined
  /** The bot that offered it. */
  readonly viaBotId?: bigint | undefined
  readonly from: WorldUser
  readonly to: WorldPeer
  readonly text: string
  /** The message that it answers, as its sender counts. */
  readonly replyToMsgId?: number | undefined
  /** The key whose query this is: its answer carries the message, so it gets no push. */
  readonly exceptKeyId?: bigint
}

export interface SentMessage {
  /** The message as its sender has it. */
  readonly message: Api.Message
  /** The update that the sender's own log got. */
  readonly update: Api.TypeUpdate
  readonly pts: number
}

/**
 * Sends a message: it is put into the boxes of all who see it, logged, and pushed to their sessions.
 * A channel has one box; in private chats and basic groups everybody has a copy under an id of their own.
 */
export function sendMessage(world: World, message: NewMessage): SentMessage {
  return message.to.kind === 'channel' ? sendToChannel(world, message, message.to) : sendToBoxes(world, message)
}

function sendToChannel(world: World, sent: NewMessage, channel: WorldPeer & { kind: 'channel' }): SentMessage {
  const date = world.now()
  const { replyToMsgId } = sent
  const build = (out: boolean, id: number): Api.Message =>
    apiMessage(sent, { out, id, date, peer: channel, replyToMsgId })
  const id = channel.box.nextId()
  const message = build(true, id)
  channel.box.messages.set(id, build(false, id))
  channel.box.origins.set(id, { author: sent.from.id, ids: new Map(), reactions: new Map() })
  const { pts, ptsCount, update } = channel.box.log.append(date, 1, (pts) =>
    new Api.UpdateNewChannelMessage({ message: build(false, id), pts, ptsCount: 1 }),
  )
  for (const member of channel.members) {
    const viewer = world.users.get(member)
    const own = member === sent.from.id ? new Api.UpdateNewChannelMessage({ message, pts, ptsCount }) : update
    push(world, sent, viewer, own, date)
  }
  return { message, pts, update: new Api.UpdateNewChannelMessage({ message, pts, ptsCount }) }
}

function sendToBoxes(world: World, sent: NewMessage): SentMessage {
  const { from, to } = sent
  const date = world.now()
  const others = to.kind === 'user' ? [to.id] : [...(to as { members: Set<bigint> }).members]
  const replied = sent.replyToMsgId === undefined ? undefined : from.box.origins.get(sent.replyToMsgId)
  const ids = new Map<bigint, number>()
  const reactions: Origin['reactions'] = new Map()
  let own: SentMessage | undefined
  for (const owner of new Set([from.id, ...others])) {
    const user = world.users.get(owner)
    if (!user) continue
    const out = owner === from.id
    const peer = to.kind === 'user' && !out ? from : to
    const replyToMsgId = replied?.ids.get(owner)
    const message = apiMessage(sent, { out, id: user.box.nextId(), date, peer, replyToMsgId })
    user.box.messages.set(message.id, message)
    user.box.origins.set(message.id, { author: from.id, ids, reactions })
    ids.set(owner, message.id)
    const { pts, update } = user.box.log.append(date, 1, (pts) =>
      new Api.UpdateNewMessage({ message, pts, ptsCount: 1 }),
    )
    if (out) own = { message, update, pts }
    push(world, sent, user, update, date)
  }
  return own!
}

interface Copy {
  readonly out: boolean
  readonly id: number
  readonly date: number
  readonly peer: WorldPeer
  readonly replyToMsgId: number | undefined
}

function apiMessage(sent: NewMessage, { out, id, date, peer, replyToMsgId }: Copy): Api.Message {
  const { from, text, media, entities, replyMarkup, groupedId, silent, fwdFrom, viaBotId } = sent
  // What admins of a channel write is the channel's own.
  const post = peer.kind === 'channel' && !peer.megagroup
  return new Api.Message({
    id,
    out,
    post,
    fromId: post ? undefined : apiPeer(from),
    peerId: apiPeer(peer),
    date,
    message: text,
    replyTo: replyToMsgId === undefined ? undefined : new Api.MessageReplyHeader({ replyToMsgId }),
    media,
    entities,
    replyMarkup,
    groupedId,
    silent,
    fwdFrom,
    viaBotId,
  })
}

function push(
  world: World,
  sent: NewMessage,
  viewer: WorldUser | undefined,
  update: Api.TypeUpdate,
  date: number,
): void {
  if (!viewer) return
  const { to } = sent
  const { message } = update as Api.UpdateNewMessage
  const peers = [sent.from, to, ...peersIn([message], world)]
  world.deliveries.deliver({
    userId: viewer.id,
    updates: new Api.Updates({ updates: [update], ...apiPeers(peers, viewer), date, seq: 0 }),
    exceptKeyId: viewer.id === sent.from.id ? sent.exceptKeyId : undefined,
  })
}
