import * as Api from '../../../generated/api/index.js'
import type { SentMessage } from '../world/messages.js'
import type { WorldPeer } from '../world/peers.js'
import { apiPeers, peersIn } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf } from './input-peers.js'

/** What became of several messages, each under the `random_id` that its sender gave it. */
export function sentUpdates(
  sent: readonly SentMessage[],
  randomIds: readonly Api.UpdateMessageID['randomId'][],
  peers: readonly WorldPeer[],
  context: HandlerContext,
): Api.Updates {
  const messages = sent.map(({ message }) => message)
  const ids = messages.map(({ id }, i) => new Api.UpdateMessageID({ id, randomId: randomIds[i]! }))
  const updates = [...ids, ...sent.map(({ update }) => update)]
  return new Api.Updates({ updates, ...apiPeers([...peers, ...peersIn(messages, context.world)], callerOf(context)), date: context.now, seq: 0 })
}
