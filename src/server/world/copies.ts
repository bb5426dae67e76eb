import type * as Api from '../../../generated/api/index.js'
import type { Origin } from './message-box.js'
import type { WorldUser } from './peers.js'
import { peerOfApi } from './to-api.js'
import type { World } from './world.js'

/** What one account has of a message that everybody has a copy of. */
export interface Owned {
  readonly owner: WorldUser
  readonly id: number
  readonly message: Api.Message
}

/** The copies that follow what happens to a message: who has left a basic group keeps it as it was. */
export function* copiesOf(world: World, { ids }: Origin): Iterable<Owned> {
  for (const [ownerId, id] of ids) {
    const owner = world.users.get(ownerId)
    const message = owner?.box.written(id)
    if (!owner || !message) continue
    const chat = peerOfApi(world, message.peerId)
    if (chat?.kind !== 'chat' || chat.members.has(ownerId)) yield { owner, id, message }
  }
}
