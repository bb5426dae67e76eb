import { longOf, longsOf, randomLong, randomLongs } from '../argument-values.js'
import type { FieldType, Kind } from '../described/fields.js'
import { bool, bytes, double, int, int128, int256, long, moment, objects, string, uint, vector } from '../described/kinds.js'
import { writeQuery } from '../write-query.js'

/** A method call inside another, the `!X` of TL. */
const query: Kind = { text: '!X', write: writeQuery }
/** A `long` that is made up where none is given, so that a repetition can be told from a new call. */
const randomId: Kind = { ...long, take: (given) => longOf(given ?? randomLong()) }
/** One such `long` for each of the argument `id`. */
const randomIds: Kind = { .../* @__PURE__ */ vector(long, 8), take: (given, { id }) => longsOf(given ?? randomLongs(id)) }

/** The letter that stands for each kind in the text, and the least number of bytes that it takes. */
const KINDS: Readonly<Record<string, readonly [kind: Kind, size: number]>> = {
  b: [bytes, 4],
  d: [double, 8],
  h: [int128, 16],
  i: [int, 4],
  l: [long, 8],
  o: [bool, 4],
  q: [query, 4],
  r: [randomId, 8],
  s: [string, 4],
  t: [moment, 4],
  u: [uint, 4],
  w: [int256, 32],
  '*r': [randomIds, 8],
}

/** The id and the count of a vector. */
const VECTOR_SIZE = 8

/**
 * The kinds of one schema, each made once. `i` is an `int`, `User` an object of that boxed type, `*i` and `*User` are
 * vectors of them. `sizeOf` says how many bytes an object of a boxed type takes at least.
 */
export class CompactKinds {
  readonly #sizeOf: (type: string) => number
  readonly #vectors = new Map<string, Kind>()

  constructor(sizeOf: (type: string) => number) {
    this.#sizeOf = sizeOf
  }

  of(code: string): FieldType {
    const known = KINDS[code]?.[0] ?? this.#vectors.get(code)
    if (known !== undefined) return known
    return code.startsWith('*') ? this.#vector(code) : code
  }

  #vector(code: string): Kind {
    const item = code.slice(1)
    const [of, size] = [this.of(item), this.#size(item)]
    const kind = typeof of === 'string' ? objects(of, size) : vector(of, size)
    this.#vectors.set(code, kind)
    return kind
  }

  #size(code: string): number {
    return KINDS[code]?.[1] ?? (code.startsWith('*') ? VECTOR_SIZE : this.#sizeOf(code))
  }
}
