import * as Api from '../../../generated/api/index.js'
import { apiChatPhoto, apiUserPhoto } from './api-media.js'
import type { Invite } from './invites.js'
import type { WorldChannel, WorldChat, WorldPeer, WorldUser } from './peers.js'
import type { World } from './world.js'

/** An account as `viewer` sees it. */
export function apiUser(user: WorldUser, viewer: WorldUser | undefined): Api.User {
  const self = viewer?.id === user.id
  const { id, accessHash, username } = user
  // Who knows somebody sees the name that it gave, and the number.
  const name = viewer?.contacts.get(id)
  const phone = self || name ? user.phone?.replace(/\D/g, '') : undefined
  const names = name ? { firstName: name.firstName, lastName: name.lastName || undefined } : { firstName: user.firstName, lastName: user.lastName }
  const known = { contact: name !== undefined, mutualContact: name !== undefined && user.contacts.has(viewer!.id) }
  const fields = { id, accessHash, self, ...names, ...known, username, phone, photo: apiUserPhoto(user.photo) }
  return user.bot ? new Api.User({ ...fields, bot: true, botInfoVersion: 1 }) : new Api.User(fields)
}

export function apiChat(chat: WorldChat | WorldChannel, viewer: WorldUser | undefined): Api.Chat | Api.Channel {
  const admin = viewer !== undefined && chat.admins.has(viewer.id)
  const shared = {
    id: chat.id,
    title: chat.title,
    photo: apiChatPhoto(chat.photo),
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
    username: chat.username,
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
  return new Api.ChatInviteExported({ ...invite })
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

/**
 * Whom messages speak of: their chats, who wrote them and wrote them at first, the bots that they were sent by way of,
 * and who was added or has left.
 */
export function* peersIn(messages: Iterable<Api.TypeMessage>, world: World): Iterable<WorldPeer | undefined> {
  for (const message of messages) {
    if (message instanceof Api.MessageEmpty) continue
    const { peerId, fromId } = message
    yield peerOfApi(world, peerId)
    if (fromId) yield peerOfApi(world, fromId)
    const { fwdFrom, viaBotId } = message as Partial<Api.Message>
    if (fwdFrom?.fromId) yield peerOfApi(world, fwdFrom.fromId)
    const named = message instanceof Api.MessageService ? usersIn(message.action) : [viaBotId]
    for (const id of named) if (id !== undefined) yield world.users.get(BigInt(id.toString()))
  }
}

function usersIn(action: Api.TypeMessageAction): readonly Api.PeerUser['userId'][] {
  if ('users' in action) return action.users
  return 'userId' in action ? [action.userId] : 'inviterId' in action ? [action.inviterId] : []
}

/** The world's peer behind a `Peer` of a message. */
export function peerOfApi(world: World, peer: Api.TypePeer): WorldPeer | undefined {
  if (peer instanceof Api.PeerUser) return world.users.get(BigInt(peer.userId.toString()))
  if (peer instanceof Api.PeerChat) return world.chats.get(BigInt(peer.chatId.toString()))
  return world.channels.get(BigInt(peer.channelId.toString()))
}
