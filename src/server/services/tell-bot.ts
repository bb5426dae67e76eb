import * as Api from '../../../generated/api/index.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import { apiPeers } from '../world/to-api.js'
import type { World } from '../world/world.js'

/** Tells a bot what no counter counts: that it is asked something. `peers` are those whom it has to know for that. */
export function tellBot(bot: WorldUser, update: Api.TypeUpdate, peers: readonly (WorldPeer | undefined)[], world: World): void {
  world.deliveries.deliver({
    userId: bot.id,
    updates: new Api.Updates({ updates: [update], ...apiPeers(peers, bot), date: world.now(), seq: 0 }),
    exceptKeyId: undefined,
  })
}
