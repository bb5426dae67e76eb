import * as Api from '../../../generated/api/index.js'
import { isPinned, pinMessages } from '../world/pins.js'
import type { MessageBox } from '../world/message-box.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import { announce } from '../world/service-messages.js'
import { apiPeers, peerOfApi } from '../world/to-api.js'
import type { World } from '../world/world.js'
import type { HandlerContext } from './context.js'
import { callerOf, peerOf, type InputField } from './input-peers.js'
import { boxOf, checkHasNotLeft, messageOf } from './message-of.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

/**
 * Messages that stand at the top of a chat. A message of the service says so, but not of what is pinned for the account
 * alone, or in its chat with itself.
 * @see https://core.telegram.org/api/pin
 */
export function addPinServices(services: ServiceRegistry): void {
  services.on(Api.messages.UpdatePinnedMessage, 'account', ({ peer: input, id, unpin, pmOneside, silent }, context) => {
    const { user, peer } = pinned(context, input)
    const { world, key } = context
    if (messageOf(id, peer, context).pinned === !unpin) refuse(400, 'CHAT_NOT_MODIFIED')
    const change = { pinned: !unpin, ownSideOnly: pmOneside && peer.kind === 'user' }
    const { update, date } = pinMessages(world, { user, exceptKeyId: key.id }, peer, [id], change)
    const isSaid = !unpin && !change.ownSideOnly && peer !== user
    const action = new Api.MessageActionPinMessage()
    const said = isSaid ? [announce(world, { from: user, to: peer, action, replyToMsgId: id, silent, exceptKeyId: key.id })] : []
    const updates = [update, ...said.map((each) => each.update)]
    return new Api.Updates({ updates, ...apiPeers([user, peer], user), date, seq: 0 })
  })

  services.on(Api.messages.UnpinAllMessages, 'account', ({ peer: input }, context) => {
    const { user, peer, box } = pinned(context, input)
    const ids = pinnedIn(box, peer, context.world)
    if (ids.length === 0) return new Api.messages.AffectedHistory({ pts: box.log.pts, ptsCount: 0, offset: 0 })
    const change = { pinned: false, ownSideOnly: false }
    const { pts, ptsCount } = pinMessages(context.world, { user, exceptKeyId: context.key.id }, peer, ids, change)
    return new Api.messages.AffectedHistory({ pts, ptsCount, offset: 0 })
  })
}

/** @throws {RpcError} 400 CHAT_ADMIN_REQUIRED, where admins alone pin; 403 CHAT_WRITE_FORBIDDEN, for who has left */
function pinned(context: HandlerContext, input: InputField): { user: WorldUser; peer: WorldPeer; box: MessageBox } {
  const user = callerOf(context)
  const peer = peerOf(context, input)
  if (peer.kind === 'channel' && !peer.admins.has(user.id)) refuse(400, 'CHAT_ADMIN_REQUIRED')
  checkHasNotLeft(peer, user)
  return { user, peer, box: boxOf(peer, user) }
}

function pinnedIn(box: MessageBox, peer: WorldPeer, world: World): number[] {
  return box.history((message) => isPinned(message) && peerOfApi(world, message.peerId) === peer, 0, Infinity).map(({ id }) => id)
}
