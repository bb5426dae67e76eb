import * as Api from '../../../generated/api/index.js'
import { push } from '../world/message-changes.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import { apiPeer } from '../world/to-api.js'
import type { LoggedUpdate } from '../world/update-log.js'
import type { HandlerContext } from './context.js'
import { messagesWith } from './history.js'
import { callerOf, channelOf, peerOf } from './input-peers.js'
import { boxOf } from './message-of.js'
import type { ServiceRegistry } from './registry.js'

/** How far an account has read its chats. Mentions are not modelled: there are never any to read. */
export function addReadServices(services: ServiceRegistry): void {
  services.on(Api.messages.ReadHistory, 'account', ({ peer: input, maxId }, context) => {
    const caller = callerOf(context)
    const peer = peerOf(context, input)
    if (!read(caller, peer, maxId)) return new Api.messages.AffectedMessages({ pts: caller.box.log.pts, ptsCount: 0 })
    const { pts, ptsCount } = tellRead(caller, peer, context)
    if (peer.kind === 'user' && peer !== caller) tellAuthor(peer, caller, context)
    return new Api.messages.AffectedMessages({ pts, ptsCount })
  })

  services.on(Api.channels.ReadHistory, 'account', ({ channel, maxId }, context) =>
    read(callerOf(context), channelOf(context, channel), maxId),
  )

  services.on(Api.messages.ReadMentions, 'account', (_request, context) =>
    new Api.messages.AffectedHistory({ pts: callerOf(context).box.log.pts, ptsCount: 0, offset: 0 }),
  )
}

/** @param maxId 0 for all. @returns whether there was something unread. */
function read({ box }: WorldUser, peer: WorldPeer, maxId: number): boolean {
  const newest = peer.kind === 'channel' ? peer.box.lastId : box.lastId
  const upTo = maxId === 0 ? newest : Math.min(maxId, newest)
  const before = box.readUpTo.get(peer) ?? 0
  if (upTo <= before) return false
  box.readUpTo.set(peer, upTo)
  return true
}

/** Tells the account's other sessions. */
function tellRead(user: WorldUser, peer: WorldPeer, { world, key }: HandlerContext): LoggedUpdate {
  const maxId = user.box.readUpTo.get(peer)!
  const stillUnreadCount = messagesWith(peer, user, world).filter(({ id }) => isUnread(id, user, peer)).length
  const logged = user.box.log.append(world.now(), 1, (pts) =>
    new Api.UpdateReadHistoryInbox({ peer: apiPeer(peer), maxId, stillUnreadCount, pts, ptsCount: 1 }),
  )
  push(world, { user, exceptKeyId: key.id }, user, logged, [peer])
  return logged
}

/** Tells the other side of a private chat how far its messages were read, as it counts them. */
function tellAuthor(author: WorldUser, reader: WorldUser, { world }: HandlerContext): void {
  const upTo = reader.box.readUpTo.get(author)!
  const last = messagesWith(author, reader, world).find(({ id, out }) => id <= upTo && !out)
  const maxId = last && reader.box.origins.get(last.id)?.ids.get(author.id)
  if (maxId === undefined || maxId <= (author.box.readByOthers.get(reader) ?? 0)) return
  author.box.readByOthers.set(reader, maxId)
  const logged = author.box.log.append(world.now(), 1, (pts) =>
    new Api.UpdateReadHistoryOutbox({ peer: apiPeer(reader), maxId, pts, ptsCount: 1 }),
  )
  push(world, { user: reader }, author, logged, [reader])
}

/** Whether the message is somebody else's, and came after the last one that was read. */
export function isUnread(id: number, user: WorldUser, peer: WorldPeer): boolean {
  const box = boxOf(peer, user)
  return id > (user.box.readUpTo.get(peer) ?? 0) && box.origins.get(id)?.author !== user.id
}
