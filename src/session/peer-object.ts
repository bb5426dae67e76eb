import * as Api from '../../generated/api/index.js'
import type { EntityKind } from './entity-row.js'
import type { PeerName } from './peer-name.js'

/** An object with a class name, of whatever copy of the package. */
interface Named {
  readonly className: string
}

function isNamed(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && typeof (value as { className?: unknown }).className === 'string'
}

type Found = Api.TypeInputPeer | PeerName

/**
 * The peer that an object stands for: `InputPeer`, `InputUser`, `InputChannel`, `Peer`, users, chats, their full forms,
 * messages (the chat they are in) and objects with `inputEntity` or `entity`, such as dialogs.
 * @returns an `InputPeer` where the object says enough, a name to look up where it does not, `undefined` for all else.
 */
export function peerOfObject(value: unknown): Found | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!isNamed(value)) {
    const { inputEntity, entity } = value as { inputEntity?: unknown; entity?: unknown }
    return peerOfObject(inputEntity) ?? peerOfObject(entity)
  }
  const { className } = value
  if (className.startsWith('InputPeer') && className !== 'InputPeerNotifySettings') return value as Api.TypeInputPeer
  return fromInput(value) ?? fromEntity(value) ?? fromReference(value)
}

function fromInput(value: Named): Found | undefined {
  const { userId, channelId, accessHash, peer, msgId } = value as Named & Fields
  switch (value.className) {
    case 'InputUserSelf':
      return new Api.InputPeerSelf()
    case 'InputUserEmpty':
    case 'InputChannelEmpty':
    case 'UserEmpty':
      return new Api.InputPeerEmpty()
    case 'InputUser':
      return new Api.InputPeerUser({ userId, accessHash })
    case 'InputUserFromMessage':
      return new Api.InputPeerUserFromMessage({ peer, msgId, userId })
    case 'InputChannel':
      return new Api.InputPeerChannel({ channelId, accessHash })
    case 'InputChannelFromMessage':
      return new Api.InputPeerChannelFromMessage({ peer, msgId, channelId })
    default:
      return undefined
  }
}

function fromEntity(value: Named): Found | undefined {
  const { id, accessHash, min, self } = value as Named & Fields
  const hashless = accessHash === undefined || accessHash === null || min === true
  switch (value.className) {
    case 'User':
      if (self === true) return new Api.InputPeerSelf()
      return hashless ? named('user', id) : new Api.InputPeerUser({ userId: id, accessHash })
    case 'Chat':
    case 'ChatForbidden':
    case 'ChatEmpty':
      return new Api.InputPeerChat({ chatId: id })
    case 'Channel':
    case 'ChannelForbidden':
      return hashless ? named('channel', id) : new Api.InputPeerChannel({ channelId: id, accessHash })
    default:
      return undefined
  }
}

function fromReference(value: Named): Found | undefined {
  const { userId, chatId, channelId, id, fullUser, fullChat, peerId, peer } = value as Named & Fields
  switch (value.className) {
    case 'PeerUser':
      return named('user', userId)
    case 'PeerChat':
      return new Api.InputPeerChat({ chatId })
    case 'PeerChannel':
      return named('channel', channelId)
    case 'UserFull':
      return named('user', id)
    case 'ChatFull':
      return new Api.InputPeerChat({ chatId: id })
    case 'ChannelFull':
      return named('channel', id)
    case 'users.UserFull':
      return peerOfObject(fullUser)
    case 'messages.ChatFull':
      return peerOfObject(fullChat)
    case 'Message':
    case 'MessageService':
      return peerOfObject(peerId)
    case 'Dialog':
    case 'contacts.ResolvedPeer':
    case 'InputDialogPeer':
    case 'DialogPeer':
      return peerOfObject(peer)
    default:
      return undefined
  }
}

/**
 * Fields of the objects above. Which of them an object has follows from its class name; the codec checks the values.
 */
interface Fields {
  readonly id: Api.long
  readonly userId: Api.long
  readonly chatId: Api.long
  readonly channelId: Api.long
  readonly accessHash: Api.long
  readonly msgId: number
  readonly peer: Api.TypeInputPeer
  readonly min: boolean | undefined
  readonly self: boolean | undefined
  readonly fullUser: unknown
  readonly fullChat: unknown
  readonly peerId: unknown
}

function named(peer: EntityKind, id: unknown): PeerName {
  return { kind: 'id', peer, id: String(id) }
}
