import * as Api from '../../../generated/api/index.js'
import { copiesOf } from './copies.js'
import type { WorldChannel, WorldPeer, WorldUser } from './peers.js'
import { apiPeers, peerOfApi } from './to-api.js'
import type { LoggedUpdate } from './update-log.js'
import type { World } from './world.js'

/** Who changes something, and the key whose query it is: its answer says so, so it gets no push. */
export interface Changer {
  readonly user: WorldUser
  readonly exceptKeyId?: bigint | undefined
}

export type MessageChange = Partial<Pick<Api.Message, 'message' | 'entities' | 'replyMarkup' | 'media'>>

/** Edits a message in all boxes that have it. @returns what the log of who edits got, or the channel's. */
export function editMessage(
  world: World,
  changer: Changer,
  channel: WorldChannel | undefined,
  id: number,
  change: MessageChange,
): LoggedUpdate {
  if (channel) return editInChannel(world, changer, channel, id, change)
  const editDate = world.now()
  let own: LoggedUpdate | undefined
  for (const { owner, id: copyId, message: before } of copiesOf(world, changer.user.box.origins.get(id)!)) {
    const message = changed(before, { ...change, editDate })
    owner.box.messages.set(copyId, message)
    const logged = owner.box.log.append(editDate, 1, (pts) => new Api.UpdateEditMessage({ message, pts, ptsCount: 1 }))
    if (owner === changer.user) own = logged
    const { peerId, fromId } = message
    push(world, changer, owner, logged, [peerOfApi(world, peerId), fromId && peerOfApi(world, fromId)])
  }
  return own!
}

/** Of all members, the author alone sees that the message is its own. */
function editInChannel(world: World, changer: Changer, channel: WorldChannel, id: number, change: MessageChange): LoggedUpdate {
  const editDate = world.now()
  const message = changed(channel.box.written(id)!, { ...change, editDate })
  channel.box.messages.set(id, message)
  const update = (pts: number, out: boolean): Api.TypeUpdate =>
    new Api.UpdateEditChannelMessage({ message: out ? changed(message, { out }) : message, pts, ptsCount: 1 })
  const logged = channel.box.log.append(editDate, 1, (pts) => update(pts, false))
  const own = { ...logged, update: update(logged.pts, true) }
  const author = channel.box.origins.get(id)!.author
  const seen = (viewer: WorldUser): LoggedUpdate => (viewer.id === author ? own : logged)
  for (const viewer of world.membersOf(channel)) push(world, changer, viewer, seen(viewer), [channel])
  return seen(changer.user)
}

/** How far a counter is, and how many events of it a change was. */
export type Affected = Pick<LoggedUpdate, 'pts' | 'ptsCount'>

/** Deletes messages from a user's box, and with `revoke` from those of all who have them. */
export function deleteMessages(world: World, changer: Changer, ids: readonly number[], revoke: boolean): Affected {
  const { user } = changer
  const gone = new Map<bigint, number[]>([[user.id, []]])
  for (const id of ids) {
    const origin = user.box.messages.has(id) ? user.box.origins.get(id) : undefined
    for (const [owner, copyId] of origin?.ids ?? []) {
      if (owner !== user.id && !revoke) continue
      const owned = gone.get(owner)
      if (owned) owned.push(copyId)
      else gone.set(owner, [copyId])
    }
  }
  let own: Affected = { pts: user.box.log.pts, ptsCount: 0 }
  for (const [owner, owned] of gone) {
    const subject = world.users.get(owner)!
    const messages = owned.filter((id) => subject.box.messages.delete(id))
    if (messages.length === 0) continue
    const logged = subject.box.log.append(world.now(), messages.length, (pts) =>
      new Api.UpdateDeleteMessages({ messages, pts, ptsCount: messages.length }),
    )
    push(world, changer, subject, logged, [])
    if (subject === user) own = logged
  }
  return own
}

export function deleteFromChannel(
  world: World,
  changer: Changer,
  channel: WorldChannel,
  ids: readonly number[],
): Affected {
  const { box, id: channelId } = channel
  const messages = ids.filter((id) => box.messages.delete(id))
  if (messages.length === 0) return { pts: box.log.pts, ptsCount: 0 }
  const logged = box.log.append(world.now(), messages.length, (pts) =>
    new Api.UpdateDeleteChannelMessages({ channelId, messages, pts, ptsCount: messages.length }),
  )
  pushToMembers(world, changer, channel, logged)
  return logged
}

/** A copy with other fields: who has been given the message keeps it as it was. */
export function changed(message: Api.Message, change: Partial<Api.Message>): Api.Message {
  const fields: object = { ...message, ...change }
  return new Api.Message(fields as ConstructorParameters<typeof Api.Message>[0])
}

/** Tells the members of a channel. */
export function pushToMembers(world: World, changer: Changer, channel: WorldChannel, logged: LoggedUpdate): void {
  for (const viewer of world.membersOf(channel)) push(world, changer, viewer, logged, [channel])
}

/** Tells one account; not the key whose query brought the change about. */
export function push(
  world: World,
  { user, exceptKeyId }: Changer,
  viewer: WorldUser,
  { update, date }: Pick<LoggedUpdate, 'update' | 'date'>,
  peers: readonly (WorldPeer | undefined)[],
): void {
  world.deliveries.deliver({
    userId: viewer.id,
    updates: new Api.Updates({ updates: [update], ...apiPeers(peers, viewer), date, seq: 0 }),
    exceptKeyId: viewer === user ? exceptKeyId : undefined,
  })
}
