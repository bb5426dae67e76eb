import { TlEncodeError } from '../errors/codec.js'
import { tlName } from './encode-refusal.js'

/**
 * Refuses arguments that a class does not have; called when the fields are set. A known name is one whose value has
 * arrived in the object, so the usual case compares each value once.
 * @throws {TlEncodeError} with the nearest name
 */
export function refuseUnknown(target: object, args: object): void {
  const fields = target as Readonly<Record<string, unknown>>
  for (const name in args) {
    if (fields[name] !== (args as Readonly<Record<string, unknown>>)[name] && !Object.hasOwn(target, name)) {
      throw unknownArgument(target, name)
    }
  }
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
