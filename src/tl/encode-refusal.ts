import { TlEncodeError } from '../errors/codec.js'
import { describe, type Evidence } from '../errors/evidence.js'

/** One step from an object to a value inside it: the name of a field, or the index in a vector. */
export type PathStep = string | number

/** `messages.SendMessage` to `messages.sendMessage`: the name that the schema has. */
export function tlName(className: string): string {
  return className.replace(/\w(?=\w*$)/, (letter) => letter.toLowerCase())
}

/** `offsetDate` to `offset_date` */
export function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** `messages.Dialogs`, `users`, `3`, `firstName` to `messages.dialogs.users[3].first_name`; without a class `users[3].first_name` */
export function formatPath(className = '', steps: readonly PathStep[]): string {
  let path = tlName(className)
  for (const step of steps) path += typeof step === 'number' ? `[${step}]` : (path && '.') + snakeCase(step)
  return path
}

/** A value that does not fit, refused where nobody knows the object around it: `Writer.encode` says where it is. */
export interface Misfit extends TlEncodeError {
  readonly expected: string
  readonly got: string
  readonly advice: string
  /** Which of the fields that share a flag bit are there. */
  readonly present: readonly boolean[] | undefined
}

/**
 * The error for something that does not fit, in one line. `advice` says what to do about it; for peers, users and channels
 * there is one that always holds.
 */
export function refusal(
  expected: string,
  got: string,
  advice?: string,
  path?: string,
  present?: readonly boolean[],
): TlEncodeError {
  const isPeer = /^Input(Peer|User|Channel)$/.test(expected)
  advice ??= isPeer ? 'client.invoke resolves names, ids and entities, getBytes() cannot' : ''
  const message = `${path ? `${path}: ` : ''}expected ${expected}, got ${got}${advice && `; ${advice}`}`
  const more = path ? advice && { advice } : { advice, present }
  return new TlEncodeError(message, { path, expected, got, ...more } as Evidence)
}

/** Refuses a value. @throws {TlEncodeError} always */
export function refuse(expected: string, value: unknown): never {
  throw refusal(expected, describe(value), value == null ? 'it is missing' : undefined)
}
