import type * as Api from '../../../generated/api/index.js'
import type { MessageBox } from '../world/message-box.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import { peerOfApi } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf } from './input-peers.js'
import { refuse } from './refuse.js'

/** Where an account finds the messages with a peer: a channel has them once, of all others everybody has copies. */
export function boxOf(peer: WorldPeer, user: WorldUser): MessageBox {
  return peer.kind === 'channel' ? peer.box : user.box
}

/** @throws {RpcError} 403 CHAT_WRITE_FORBIDDEN, for who has left a basic group: what was said there is theirs to read alone */
export function checkHasNotLeft(peer: WorldPeer, user: WorldUser): void {
  if (peer.kind === 'chat' && !peer.members.has(user.id)) refuse(403, 'CHAT_WRITE_FORBIDDEN')
}

/**
 * The caller's message with a peer.
 * @throws {RpcError} 400 MESSAGE_ID_INVALID, where it is gone, in another chat, or one of the service
 */
export function messageOf(id: number, peer: WorldPeer, context: HandlerContext): Api.Message {
  const message = boxOf(peer, callerOf(context)).written(id)
  if (!message || peerOfApi(context.world, message.peerId) !== peer) refuse(400, 'MESSAGE_ID_INVALID')
  return message
}
