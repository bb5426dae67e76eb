import * as Api from '../../../generated/api/index.js'
import type { LongLike } from '../../tl/long.js'
import type { WorldChannel, WorldChat, WorldPeer, WorldUser } from '../world/peers.js'
import type { HandlerContext } from './context.js'
import { toBigInt } from './longs.js'
import { refuse } from './refuse.js'

/** Zero is let through: bots, and clients that know an id from elsewhere, ask with it. */
const fits = (given: LongLike, actual: bigint): boolean => {
  const hash = toBigInt(given)
  return hash === 0n || hash === actual
}

/** The logged-in caller. @throws {RpcError} 401 AUTH_KEY_UNREGISTERED */
export function callerOf(context: HandlerContext): WorldUser {
  return context.user ?? refuse(401, 'AUTH_KEY_UNREGISTERED')
}

/**
 * What a field of the type InputUser, InputChannel or InputPeer may hold in a request: names and entities are for
 * callers of a client, and never arrive at a server.
 */
export type InputField = Api.TypeEntityLike

/** The account that an InputUser names, or `undefined`. */
export function findUser(context: HandlerContext, input: InputField): WorldUser | undefined {
  if (input instanceof Api.InputUserSelf) return callerOf(context)
  if (input instanceof Api.InputUser) {
    const user = context.world.users.get(toBigInt(input.userId))
    return user && fits(input.accessHash, user.accessHash) ? user : undefined
  }
  if (input instanceof Api.InputUserFromMessage) return context.world.users.get(toBigInt(input.userId))
  return undefined
}

/** The channel that an InputChannel names. @throws {RpcError} 400 CHANNEL_INVALID */
export function channelOf(context: HandlerContext, input: InputField): WorldChannel {
  if (input instanceof Api.InputChannel) {
    const channel = context.world.channels.get(toBigInt(input.channelId))
    if (channel && fits(input.accessHash, channel.accessHash)) return channel
  }
  return refuse(400, 'CHANNEL_INVALID')
}

/** A basic group, which needs no access hash. @throws {RpcError} 400 CHAT_ID_INVALID */
export function chatOf({ world }: HandlerContext, chatId: LongLike): WorldChat {
  return world.chats.get(toBigInt(chatId)) ?? refuse(400, 'CHAT_ID_INVALID')
}

/** The peer that an InputPeer names. @throws {RpcError} 400 PEER_ID_INVALID */
export function peerOf(context: HandlerContext, input: InputField): WorldPeer {
  return findPeer(context, input) ?? refuse(400, 'PEER_ID_INVALID')
}

function findPeer(context: HandlerContext, input: InputField): WorldPeer | undefined {
  const { world } = context
  if (input instanceof Api.InputPeerSelf) return callerOf(context)
  if (input instanceof Api.InputPeerUser) {
    const user = world.users.get(toBigInt(input.userId))
    return user && fits(input.accessHash, user.accessHash) ? user : undefined
  }
  if (input instanceof Api.InputPeerChat) return world.chats.get(toBigInt(input.chatId))
  if (input instanceof Api.InputPeerChannel) {
    const channel = world.channels.get(toBigInt(input.channelId))
    return channel && fits(input.accessHash, channel.accessHash) ? channel : undefined
  }
  return undefined
}
