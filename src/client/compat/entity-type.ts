import { LocalError } from '../../errors/errors.js'
import { describe } from '../../errors/evidence.js'

/** What `_entityType` answers. */
export const _EntityType = { USER: 0, CHAT: 1, CHANNEL: 2 } as const
export type _EntityType = (typeof _EntityType)[keyof typeof _EntityType]

const OF_USER =
  /^(?:User|UserEmpty|UserFull|users\.UserFull|PeerUser|InputPeerSelf|InputUserSelf|Input(?:Peer)?User(?:FromMessage)?)$/
const OF_CHAT = /^(?:Chat|ChatEmpty|ChatForbidden|ChatFull|PeerChat|InputPeerChat)$/
const OF_CHANNEL =
  /^(?:Channel|ChannelForbidden|ChannelFull|PeerChannel|Input(?:Peer)?Channel(?:FromMessage)?)$/

/**
 * Whether an entity, or what stands for one, is a user, a basic group or a channel (supergroups are channels).
 * @throws {LocalError} `entity`, for anything else.
 */
export function _entityType(entity: unknown): _EntityType {
  const { className } = (entity ?? {}) as { className?: unknown }
  const name = typeof className === 'string' ? className : ''
  if (OF_USER.test(name)) return _EntityType.USER
  if (OF_CHAT.test(name)) return _EntityType.CHAT
  if (OF_CHANNEL.test(name)) return _EntityType.CHANNEL
  const got = describe(entity)
  throw new LocalError('entity', `${got} does not have any entity type`, { expected: 'an entity or a peer', got })
}
