import { TlEncodeError } from '../errors/codec.js'
import { describe } from '../errors/evidence.js'

/** One step from an object to a value inside it: the TL name of a field, or the index in a vector. */
export type PathStep = string | number

/** `messages.SendMessage` to `messages.sendMessage`: the name that the schema has. */
export function tlName(className: string): string {
  const dot = className.lastIndexOf('.') + 1
  return className.slice(0, dot) + className.charAt(dot).toLowerCase() + className.slice(dot + 1)
}

/** `offsetDate` to `offset_date` */
export function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** `users`, `3`, `first_name` to `users[3].first_name` */
export function formatPath(root: string, steps: readonly PathStep[]): string {
  let path = root
  for (const step of steps) path += typeof step === 'number' ? `[${step}]` : path === '' ? step : `.${step}`
  return path
}

/** The error for something that does not fit, in one line. `advice` says what to do about it. */
export function refusal(path: string, expected: string, got: string, advice?: string): TlEncodeError {
  return new TlEncodeError(sentence(path, expected, got, advice), { path, expected, got })
}

function sentence(path: string, expected: string, got: string, advice?: string): string {
  return `${path}${path && ': '}expected ${expected}, got ${got}${advice === undefined ? '' : `; ${advice}`}`
}

/** A value that does not fit, thrown where nobody knows the object around it: `Writer.encode` says where it is. */
export class Misfit extends TlEncodeError {
  declare readonly expected: string
  declare readonly got: string
  readonly advice: string | undefined
  /** Which of the fields that share a flag bit are there. */
  readonly shared: readonly boolean[] | undefined

  constructor(expected: string, got: string, advice?: string, shared?: readonly boolean[]) {
    super(sentence('', expected, got, advice), { expected, got })
    this.advice = advice
    this.shared = shared
  }
}

/** Refuses a value. @throws {TlEncodeError} always */
export function refuse(expected: string, value: unknown, advice?: string): never {
  throw new Misfit(expected, describe(value), value == null ? 'it is missing' : advice)
}
