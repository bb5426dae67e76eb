import * as Api from '../../../generated/api/index.js'
import type { SentMessage } from '../world/messages.js'
import type { WorldPeer } from '../world/peers.js'
import { apiPeers } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf } from './input-peers.js'

/** What became of several messages, each under the `random_id` that its sender gave it. */
export function sentUpdates(
  sent: readonly SentMessage[],
  randomIds: readonly Api.UpdateMessageID['randomId'][],
  peers: readonly WorldPeer[],
  context: HandlerContext,
): Api.Updates {
  const ids = sent.map(({ message: { id } }, i) => new Api.UpdateMessageID({ id, randomId: randomIds[i]! }))
  const updates = [...ids, ...sent.map(({ update }) => update)]
  return new Api.Updates({ updates, ...apiPeers(peers, callerOf(context)), date: context.now, seq: 0 })
}
