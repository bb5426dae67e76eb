import * as Api from '../../../generated/api/index.js'
import { changed, push, pushToMembers, type Changer } from './message-changes.js'
import type { BoxMessage, MessageBox } from './message-box.js'
import type { WorldPeer, WorldUser } from './peers.js'
import { peerOfApi } from './to-api.js'
import type { LoggedUpdate } from './update-log.js'
import type { World } from './world.js'

export interface PinChange {
  readonly pinned: boolean
  /** In a private chat, for the account alone that does it. */
  readonly ownSideOnly: boolean
}

/**
 * Pins messages of one chat, or takes them down, for all who have them.
 * @param ids at least one, as who does it counts them
 * @returns what the log of who does it got, or the channel's.
 */
export function pinMessages(
  world: World,
  changer: Changer,
  peer: WorldPeer,
  ids: readonly number[],
  { pinned, ownSideOnly }: PinChange,
): LoggedUpdate {
  if (peer.kind === 'channel') {
    const messages = ids.filter((id) => mark(peer.box, id, pinned))
    const logged = peer.box.log.append(world.now(), messages.length, (pts) =>
      new Api.UpdatePinnedChannelMessages({ channelId: peer.id, messages, pinned, pts, ptsCount: messages.length }),
    )
    pushToMembers(world, changer, peer, logged)
    return logged
  }
  let own: LoggedUpdate | undefined
  for (const [owner, copies] of copiesOf(changer.user, ids)) {
    const user = world.users.get(owner)
    if (!user || (ownSideOnly && user !== changer.user)) continue
    const chat = user.box.messages.get(copies[0]!)?.peerId
    const messages = copies.filter((id) => mark(user.box, id, pinned))
    if (chat === undefined || messages.length === 0) continue
    const logged = user.box.log.append(world.now(), messages.length, (pts) =>
      new Api.UpdatePinnedMessages({ peer: chat, messages, pinned, pts, ptsCount: messages.length }),
    )
    if (user === changer.user) own = logged
    push(world, changer, user, logged, [peerOfApi(world, chat)])
  }
  return own!
}

export function isPinned(message: BoxMessage): boolean {
  return message instanceof Api.Message && message.pinned
}

/** @returns whether there is such a message. */
function mark(box: MessageBox, id: number, pinned: boolean): boolean {
  const message = box.written(id)
  if (!message) return false
  box.messages.set(id, changed(message, { pinned }))
  return true
}

/** The same messages in every box that has them, by the account. */
function copiesOf({ box }: WorldUser, ids: readonly number[]): ReadonlyMap<bigint, number[]> {
  const copies = new Map<bigint, number[]>()
  for (const id of ids) {
    for (const [owner, copyId] of box.origins.get(id)?.ids ?? []) {
      const owned = copies.get(owner)
      if (owned) owned.push(copyId)
      else copies.set(owner, [copyId])
    }
  }
  return copies
}
