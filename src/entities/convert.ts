import * as Api from '../../generated/api/index.js'

/** The same peer as a user, or `undefined` where it is a chat or a channel. */
export function inputUserOf(peer: Api.TypeInputPeer): Api.TypeInputUser | undefined {
  switch (peer.className) {
    case 'InputPeerSelf':
      return new Api.InputUserSelf()
    case 'InputPeerEmpty':
      return new Api.InputUserEmpty()
    case 'InputPeerUser':
      return new Api.InputUser({ userId: peer.userId, accessHash: peer.accessHash })
    case 'InputPeerUserFromMessage':
      return new Api.InputUserFromMessage({ peer: peer.peer, msgId: peer.msgId, userId: peer.userId })
    default:
      return undefined
  }
}

/** The same peer as a channel or supergroup, or `undefined` where it is something else. */
export function inputChannelOf(peer: Api.TypeInputPeer): Api.TypeInputChannel | undefined {
  switch (peer.className) {
    case 'InputPeerEmpty':
      return new Api.InputChannelEmpty()
    case 'InputPeerChannel':
      return new Api.InputChannel({ channelId: peer.channelId, accessHash: peer.accessHash })
    case 'InputPeerChannelFromMessage':
      return new Api.InputChannelFromMessage({ peer: peer.peer, msgId: peer.msgId, channelId: peer.channelId })
    default:
      return undefined
  }
}

/** Marked decimal id of a peer with an id of its own: `5`, `-4`, `-1001234567890`. */
export function markedId(peer: { readonly className: string }): string | undefined {
  const { userId, chatId, channelId } = peer as { userId?: unknown; chatId?: unknown; channelId?: unknown }
  if (userId !== undefined) return String(userId)
  if (chatId !== undefined) return `-${String(chatId)}`
  if (channelId !== undefined) return `-100${String(channelId)}`
  return undefined
}
