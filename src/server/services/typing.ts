import * as Api from '../../../generated/api/index.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import { apiPeer, apiPeers } from '../world/to-api.js'
import { callerOf } from './input-peers.js'
import { writable } from './messages.js'
import type { ServiceRegistry } from './registry.js'

/** Who writes, records or uploads something is seen by the others; no counter counts it. */
export function addTypingService(services: ServiceRegistry): void {
  services.on(Api.messages.SetTyping, 'account', ({ peer: input, action }, context) => {
    const { world } = context
    const from = callerOf(context)
    const peer = writable(context, input, from)
    for (const viewer of world.membersOf(peer)) {
      if (viewer === from) continue
      const updates = new Api.Updates({ updates: [typing(from, peer, action)], ...apiPeers([from, peer], viewer), date: context.now, seq: 0 })
      world.deliveries.deliver({ userId: viewer.id, updates, exceptKeyId: undefined })
    }
    return true
  })
}

function typing(from: WorldUser, peer: WorldPeer, action: Api.TypeSendMessageAction): Api.TypeUpdate {
  if (peer.kind === 'user') return new Api.UpdateUserTyping({ userId: from.id, action })
  return peer.kind === 'chat'
    ? new Api.UpdateChatUserTyping({ chatId: peer.id, fromId: apiPeer(from), action })
    : new Api.UpdateChannelUserTyping({ channelId: peer.id, fromId: apiPeer(from), action })
}
