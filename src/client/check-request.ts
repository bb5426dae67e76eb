import { LocalError } from '../errors/errors.js'
import { describe } from '../errors/evidence.js'

/** Refuses what is no request. @throws {LocalError} `argument`, which says what it is. */
export function checkRequest(request: unknown): void {
  if (typeof request === 'object' && (request as { classType?: unknown } | null)?.classType === 'request') return
  const { className } = (request ?? {}) as { className?: unknown }
  const got = typeof request === 'function' && className ? `the class ${String(className)}` : describe(request)
  throw new LocalError('argument', `invoke() takes a request such as new Api.help.GetConfig(), got ${got}`, {
    expected: 'a request',
    got,
  })
}
