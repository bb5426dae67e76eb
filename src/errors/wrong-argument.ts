import { LocalError } from './errors.js'
import { describe } from './evidence.js'

/**
 * @param path the place of the value, such as `proxy.port`.
 * @param expected the form that it wants.
 * @returns the error `argument` for a value that has not this form.
 */
export function wrongArgument(path: string, expected: string, value: unknown, advice?: string): LocalError {
  const got = describe(value)
  const message = `${path}: expected ${expected}, got ${got}${advice === undefined ? '' : `; ${advice}`}`
  return new LocalError('argument', message, { path, expected, got, ...(advice === undefined ? {} : { advice }) })
}
