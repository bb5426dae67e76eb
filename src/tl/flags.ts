import { refusal, refuse } from './encode-refusal.js'

// Small enough for engines to inline wherever they are called.

/** Whether a `true` field is set. @throws {TlEncodeError} for anything but a boolean, null and undefined */
export function isSet(value: unknown): boolean {
  return value !== false && (value === true || isMissing(value))
}

function isMissing(value: unknown): false {
  return value != null && refuse('true, false or undefined', value)
}

/** Whether two fields that share a flag bit are there: both are, or neither. @throws {TlEncodeError} for one alone */
export function tied(first: boolean, second: boolean): boolean {
  return first === second ? first : refuseSome(first, second)
}

/** The same for any number of fields: all of them are there, or none. @throws {TlEncodeError} for some alone */
export function tiedFields(...present: readonly boolean[]): boolean {
  return present.includes(!present[0]) ? refuseSome(...present) : present[0]!
}

function refuseSome(...present: readonly boolean[]): never {
  throw refusal('all tied fields or none', 'some', undefined, undefined, present)
}
