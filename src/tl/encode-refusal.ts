import { TlEncodeError } from '../errors/codec.js'

/** One step from an object to a value inside it: the TL name of a field, or the index in a vector. */
export type PathStep = string | number

/** `messages.SendMessage` to `messages.sendMessage`: the name that the schema has. */
export function tlName(className: string): string {
  const dot = className.lastIndexOf('.') + 1
  return className.slice(0, dot) + className.charAt(dot).toLowerCase() + className.slice(dot + 1)
}

/** `users`, `3`, `first_name` to `users[3].first_name` */
export function formatPath(root: string, steps: readonly PathStep[]): string {
  let path = root
  for (const step of steps) path += typeof step === 'number' ? `[${step}]` : path === '' ? step : `.${step}`
  return path
}

/** The error for something that does not fit, in one line. `advice` says what to do about it. */
export function refusal(path: string, expected: string, got: string, advice?: string): TlEncodeError {
  const message = `${path}: expected ${expected}, got ${got}${advice === undefined ? '' : `; ${advice}`}`
  return new TlEncodeError(message, { path, expected, got })
}
