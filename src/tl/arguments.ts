import { nearest } from '../errors/nearest.js'
import { refusal, tlName } from './encode-refusal.js'

/** A class, and the argument names that it accepted last. */
interface Accepting {
  acceptedNames: readonly string[]
}

/**
 * Refuses arguments that a class does not have; called when the fields are set. A caller gives the same names in the
 * same order each time, so comparing them with the ones that were accepted last is nearly always enough.
 * @throws {TlEncodeError} with the nearest name
 */
export function refuseUnknown(target: object, args: object): void {
  const accepting = target.constructor as unknown as Accepting
  const names = accepting.acceptedNames
  let i = 0
  for (const name in args) {
    if (names[i++] !== name) {
      accepting.acceptedNames = knownNames(target, args)
      return
    }
  }
}

function knownNames(target: object, args: object): readonly string[] {
  const names = Object.keys(args)
  const unknown = names.find((name) => !Object.hasOwn(target, name))
  if (unknown === undefined) return names
  const known = Object.keys(target)
  const near = nearest(unknown, known)
  throw refusal(
    known.join(', ') || 'no arguments',
    unknown,
    near && `did you mean '${near}'?`,
    `${tlName((target as { className: string }).className)}.${unknown}`,
  )
}
