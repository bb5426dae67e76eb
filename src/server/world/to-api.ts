import * as Api from '../../../generated/api/index.js'
import type { Invite } from './invites.js'
import type { WorldChannel, WorldChat, WorldPeer, WorldUser } from './peers.js'
import type { World } from './world.js'

/** An account as `viewer` sees it. */
export function apiUser(user: WorldUser, viewer: WorldUser | undefined): Api.User {
  const self = viewer?.id === user.id
  return new Api.User({
    id: user.id,
    accessHash: user.accessHash,
    self,
    firstName: user.firstName,
    ...(user.lastName === undefined ? {} : { lastName: user.lastName }),
    ...(user.username === undefined ? {} : { username: user.username }),
    ...(user.phone === undefined || !self ? {} : { phone: user.phone.replace(/\D/g, '') }),
    ...(user.bot ? { bot: true, botInfoVersion: 1 } : {}),
  })
}

export function apiChat(chat: WorldChat | WorldChannel, viewer: WorldUser | undefined): Api.Chat | Api.Channel {
  const admin = viewer !== undefined && chat.admins.has(viewer.id)
  const shared = {
    id: chat.id,
    title: chat.title,
    photo: new Api.ChatPhotoEmpty(),
    date: chat.date,
    participantsCount: chat.members.size,
    creator: admin,
    left: viewer === undefined || !chat.members.has(viewer.id),
  }
  if (chat.kind === 'chat') return new Api.Chat({ ...shared, version: 1 })
  return new Api.Channel({
    ...shared,
    accessHash: chat.accessHash,
    megagroup: chat.megagroup,
    broadcast: !chat.megagroup,
    ...(chat.username === undefined ? {} : { username: chat.username }),
  })
}

export function apiPeer(peer: WorldPeer): Api.TypePeer {
  switch (peer.kind) {
    case 'user':
      return new Api.PeerUser({ userId: peer.id })
    case 'chat':
      return new Api.PeerChat({ chatId: peer.id })
    case 'channel':
      return new Api.PeerChannel({ channelId: peer.id })
  }
}

export function apiInvite(invite: Invite): Api.ChatInviteExported {
  const { startDate, expireDate, usageLimit, usage, requested, title } = invite
  return new Api.ChatInviteExported({
    link: invite.link,
    adminId: invite.adminId,
    date: invite.date,
    revoked: invite.revoked,
    permanent: invite.permanent ?? false,
    requestNeeded: invite.requestNeeded ?? false,
    ...(startDate === undefined ? {} : { startDate }),
    ...(expireDate === undefined ? {} : { expireDate }),
    ...(usageLimit === undefined ? {} : { usageLimit }),
    ...(usage === undefined ? {} : { usage }),
    ...(requested === undefined ? {} : { requested }),
    ...(title === undefined ? {} : { title }),
  })
}

/** The users and chats that `peers` are, each once, as answers list them. */
export function apiPeers(
  peers: Iterable<WorldPeer | undefined>,
  viewer: WorldUser | undefined,
): { users: Api.TypeUser[]; chats: Api.TypeChat[] } {
  const users: Api.TypeUser[] = []
  const chats: Api.TypeChat[] = []
  for (const peer of new Set(peers)) {
    if (peer?.kind === 'user') users.push(apiUser(peer, viewer))
    else if (peer) chats.push(apiChat(peer, viewer))
  }
  return { users, chats }
}

/** The world's peer behind a `Peer` of a message. */
export function peerOfApi(world: World, peer: Api.TypePeer): WorldPeer | undefined {
  if (peer instanceof Api.PeerUser) return world.users.get(BigInt(peer.userId.toString()))
  if (peer instanceof Api.PeerChat) return world.chats.get(BigInt(peer.chatId.toString()))
  return world.channels.get(BigInt(peer.channelId.toString()))
}
