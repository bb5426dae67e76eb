import type { LongLike } from '../../tl/long.js'
import type { HandlerContext } from './context.js'
import { callerOf } from './input-peers.js'
import { toBigInt } from './longs.js'
import { refuse } from './refuse.js'

/**
 * Sends messages unless the account has sent one under one of these ids before: a client that has heard no answer asks
 * again with the same.
 * @throws {RpcError} 500 RANDOM_ID_DUPLICATE, and what `send` throws, which leaves the ids unused
 */
export function sendOnce<Result>(randomIds: readonly LongLike[], context: HandlerContext, send: () => Result): Result {
  const { sentRandomIds } = context.world
  const ids = randomIds.map((randomId) => `${callerOf(context).id}:${toBigInt(randomId)}`)
  if (new Set(ids).size < ids.length || ids.some((id) => sentRandomIds.has(id))) refuse(500, 'RANDOM_ID_DUPLICATE')
  const result = send()
  for (const id of ids) sentRandomIds.set(id, true)
  return result
}
