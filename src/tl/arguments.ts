import { TlEncodeError } from '../errors/codec.js'
import { tlName } from './encode-refusal.js'

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
  for (const name of names) if (!Object.hasOwn(target, name)) throw unknownArgument(target, name)
  return names
}

function unknownArgument(target: object, name: string): TlEncodeError {
  const { className } = target as { className: string }
  const known = Object.keys(target)
  const path = `${tlName(className)}.${name}`
  const expected = known.length === 0 ? 'no arguments' : known.join(', ')
  const near = nearest(name, known)
  const hint = near === undefined ? `it takes ${expected}` : `did you mean '${near}'?`
  return new TlEncodeError(`${path}: ${className} has no argument '${name}'; ${hint}`, { path, expected, got: name })
}

/** The known name that differs least from `name`, unless most of it differs. */
function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Math.max(2, name.length / 2)
  for (const candidate of known) {
    const distance = editDistance(plain(name), plain(candidate))
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/** TL's spelling counts as the same: `offset_date` is `offsetDate`. */
const plain = (name: string): string => name.replaceAll('_', '').toLowerCase()

/** Insertions, deletions and replacements between two short words (Wagner and Fischer). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}
