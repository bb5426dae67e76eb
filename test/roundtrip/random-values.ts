import type { Combinator, Constructor, Param, PrimitiveName, TypeRef } from '../../codegen/ir/ir.js'
import type { SchemaIndex } from '../../codegen/ir/lookup.js'
import { seededRandom } from '../../src/platform/manual.js'
import type { Random } from '../../src/platform/random.js'

/** An object of some combinator, in no library's own form. */
export interface Plain {
  readonly combinator: Combinator
  readonly fields: Readonly<Record<string, Value>>
}
export type Value = number | bigint | string | boolean | Uint8Array | Plain | readonly Value[]

export interface Choices {
  /** Constructors that may be used; without a constructor that may be, a type has no values. */
  readonly usable: (combinator: Combinator) => boolean
  /** Values that other libraries take for absent, such as 0, '' and []: leave them out. */
  readonly truthyOnly?: boolean
  readonly safeLongs?: boolean
  readonly positiveLongs?: boolean
}

const MAX_LEVELS = 5
const WORDS = ['', 'a', 'abc', 'some string here', 'naïve', '日本語', '👩‍👩‍👧 family', 'x'.repeat(253), 'y'.repeat(254), 'ascii '.repeat(60)]

/** Makes random instances, the same ones for the same seed. */
export class RandomValues {
  readonly #schema: SchemaIndex
  readonly #random: Random
  readonly #choices: Choices
  /** How many levels the flattest value of each type needs; types without values are missing. */
  readonly #levels: ReadonlyMap<string, number>

  constructor(schema: SchemaIndex, seed: number, choices: Choices) {
    this.#schema = schema
    this.#random = seededRandom(seed)
    this.#choices = choices
    this.#levels = flattest(schema, choices)
  }

  /** Whether every required field of the combinator has values. */
  canMake(combinator: Combinator): boolean {
    return this.#choices.usable(combinator) && Number.isFinite(levelsOf(combinator, this.#schema, this.#levels))
  }

  /** Optional fields are there by the toss of a coin, or as `present` says; fields that share a bit come together. */
  make(combinator: Combinator, level = 0, present: (bit: string) => boolean = () => this.below(2) === 1): Plain {
    const fields: Record<string, Value> = {}
    const chosen = new Map<string, boolean>()
    for (const param of combinator.params) {
      if (param.isFlagWord) continue
      if (param.flag !== undefined) {
        const bit = `${param.flag.word}.${param.flag.bit}`
        let given = chosen.get(bit)
        if (given === undefined) {
          const tied = combinator.params.filter((other) => other.flag?.word === param.flag!.word && other.flag.bit === param.flag!.bit)
          given = tied.every((other) => this.#fits(other, level)) && present(bit)
          chosen.set(bit, given)
        }
        if (!given) continue
      }
      fields[param.name] = this.#value(param.type, level + 1, param.flag !== undefined)
    }
    return { combinator, fields }
  }

  below(limit: number): number {
    const bytes = this.#random.fill(new Uint8Array(4))
    return new DataView(bytes.buffer).getUint32(0) % limit
  }

  #fits({ type }: Param, level: number): boolean {
    // An empty vector that is there is what some libraries leave out: such a vector needs an item.
    const inner = type.kind === 'vector' && this.#choices.truthyOnly === true ? type.item : type
    const levels = levelsOfRef(inner, this.#schema, this.#levels)
    return Number.isFinite(levels) && level + levels <= MAX_LEVELS
  }

  #value(ref: TypeRef, level: number, optional: boolean): Value {
    switch (ref.kind) {
      case 'primitive':
        return this.#primitive(ref.name, optional)
      case 'boxed': {
        const { constructors } = this.#schema.types.get(ref.type)!
        const all = constructors.map((name) => this.#schema.constructors.get(name)!).filter((each) => this.canMake(each))
        const shallow = all.filter((each) => level + levelsOf(each, this.#schema, this.#levels) <= MAX_LEVELS)
        const from = shallow.length > 0 ? shallow : [flattestOf(all, this.#schema, this.#levels)]
        return this.make(from[this.below(from.length)]!, level)
      }
      case 'bare':
        return this.make(this.#schema.constructors.get(ref.combinator)!, level)
      case 'vector': {
        const least = this.#choices.truthyOnly === true && optional ? 1 : 0
        const possible = Number.isFinite(levelsOfRef(ref.item, this.#schema, this.#levels))
        const length = !possible ? 0 : level > 3 ? least : least + this.below(3)
        return Array.from({ length }, () => this.#value(ref.item, level, false))
      }
      case 'generic':
        return this.make(this.#schema.methods.get('help.getNearestDc')!, level)
      case 'object':
        throw new Error('objects of any type are not made here')
    }
  }

  #primitive(name: PrimitiveName, optional: boolean): Value {
    const truthy = this.#choices.truthyOnly === true
    const low = truthy ? 1 : 0
    switch (name) {
      case 'int':
        return [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), this.below(1_000_000)][low + this.below(6 - low)]!
      case '#':
        return low + this.below(2 ** 31)
      case 'long': {
        const wide = this.#choices.safeLongs !== true
        const one = this.#choices.positiveLongs === true ? 1n : -1n
        const extremes = wide ? [2n ** 63n - 1n, -(2n ** 63n)] : [2n ** 53n - 1n, 2n ** 52n]
        return [0n, 1n, one, ...extremes, BigInt(this.below(2 ** 32)) * 1000n + 1n][low + this.below(6 - low)]!
      }
      case 'double':
        return [0, 1.5, -2.25, 1e300, this.below(1000) / 7 + 1][low + this.below(5 - low)]!
      case 'string':
        return WORDS[low + this.below(WORDS.length - low)]!
      case 'bytes':
        return this.#random.fill(new Uint8Array([0, 1, 2, 3, 4, 252, 253, 254, 300][low + this.below(9 - low)]!))
      case 'int128':
        return this.#random.fill(new Uint8Array(16))
      case 'int256':
        return this.#random.fill(new Uint8Array(32))
      case 'Bool':
        return truthy && optional ? true : this.below(2) === 1
      case 'true':
        return true
    }
  }
}

type Levels = ReadonlyMap<string, number>

function levelsOfRef(ref: TypeRef, schema: SchemaIndex, levels: Levels): number {
  switch (ref.kind) {
    case 'boxed':
      return levels.get(ref.type) ?? Infinity
    case 'bare':
      return levelsOf(schema.constructors.get(ref.combinator)!, schema, levels)
    case 'vector':
      return 0
    case 'object':
      return Infinity
    default:
      return 0
  }
}

function levelsOf(combinator: Combinator, schema: SchemaIndex, levels: Levels): number {
  let deepest = 0
  for (const { type, flag } of combinator.params) {
    if (flag === undefined) deepest = Math.max(deepest, levelsOfRef(type, schema, levels))
  }
  return deepest + 1
}

function flattest(schema: SchemaIndex, choices: Choices): Levels {
  const levels = new Map<string, number>()
  for (let changed = true; changed; ) {
    changed = false
    for (const constructor of schema.constructors.values()) {
      if (!choices.usable(constructor)) continue
      const own = levelsOf(constructor, schema, levels)
      if (own < (levels.get(constructor.type) ?? Infinity)) {
        levels.set(constructor.type, own)
        changed = true
      }
    }
  }
  return levels
}

function flattestOf(constructors: readonly Constructor[], schema: SchemaIndex, levels: Levels): Constructor {
  return [...constructors].sort((a, b) => levelsOf(a, schema, levels) - levelsOf(b, schema, levels))[0]!
}
