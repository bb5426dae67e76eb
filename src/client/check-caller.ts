import { LocalError } from '../errors/errors.js'
import type { TlRequest } from '../tl/object.js'
import { unwrapped } from './raw-query.js'

/**
 * Refuses what the schema says an account of this kind may not call. Where the schema is silent, or nobody knows yet
 * whose account it is, the server decides.
 * @throws {LocalError} `argument`
 */
export function checkCaller(request: TlRequest, isBot: boolean | undefined): void {
  const { className, constructor } = unwrapped(request)
  const { callableBy } = constructor as typeof TlRequest
  const caller = isBot === true ? 'bot' : 'user'
  if (isBot === undefined || callableBy === 'both' || callableBy === 'unknown' || callableBy === caller) return
  throw new LocalError('argument', `${className} is for ${callableBy}s, and this client is logged in as a ${caller}`, {
    path: className,
    expected: `a method that ${caller}s may call`,
    got: `one that ${callableBy}s may call`,
  })
}
