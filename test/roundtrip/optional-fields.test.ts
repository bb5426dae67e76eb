import { describe, expect, it } from 'vitest'
import type { Combinator, TypeRef } from '../../codegen/ir/ir.js'
import { encodeValue } from '../../codegen/wire/encode.js'
import { Definitions } from '../../codegen/wire/definitions.js'
import { readObject, readRequest } from '../../generated/api/registry.js'
import { toHex } from '../../src/bytes/hex.js'
import type { TlObject } from '../../src/tl/object.js'
import { Reader } from '../../src/tl/reader.js'
import { instanceOf } from './instances.js'
import type { Plain, Value } from './random-values.js'
import { RandomValues } from './random-values.js'
import { api } from './schema.js'
import { wireValue } from './wire-values.js'

/** Reproduce a failure with RAWGRAM_SEED=<the number that it printed>. */
const seed = Number(process.env['RAWGRAM_SEED'] ?? Math.floor(Math.random() * 2 ** 32))
/** Up to this many flag bits every subset is tried; above, none, all, each alone, and some at random. */
const SMALL = 6
const RANDOM_SUBSETS = 24

const random = new RandomValues(api.index, seed, { usable: () => true })
const definitions = new Definitions([api.index.schema])

interface Bits {
  readonly combinator: Combinator
  /** `flags.2`, as fields share them. */
  readonly bits: readonly string[]
}

const withOptions: readonly Bits[] = api.usable
  .filter((combinator) => random.canMake(combinator))
  .map((combinator) => {
    const bits = combinator.params.flatMap(({ flag }) => (flag === undefined ? [] : [`${flag.word}.${flag.bit}`]))
    return { combinator, bits: [...new Set(bits)] }
  })
  .filter(({ bits }) => bits.length > 0)

function* subsets(bits: readonly string[]): Generator<ReadonlySet<string>> {
  if (bits.length <= SMALL) {
    for (let mask = 0; mask < 2 ** bits.length; mask++) yield new Set(bits.filter((_, index) => (mask >> index) & 1))
    return
  }
  yield new Set()
  yield new Set(bits)
  for (const bit of bits) yield new Set([bit])
  for (let i = 0; i < RANDOM_SUBSETS; i++) yield new Set(bits.filter(() => random.below(2) === 1))
}

/** The value that JavaScript takes for false, or that is empty, where the type has one. */
function falsy({ kind, ...type }: TypeRef): Value | undefined {
  if (kind === 'vector') return []
  switch ('name' in type ? type.name : undefined) {
    case 'int':
    case 'double':
      return 0
    case 'long':
      return 0n
    case 'string':
      return ''
    case 'bytes':
      return new Uint8Array(0)
    case 'Bool':
      return false
    default:
      return undefined
  }
}

/** The same object with every field that can be falsy, optional or not. */
function emptied({ combinator, fields }: Plain): Plain {
  const replaced = Object.entries(fields).map(([name, value]) => {
    const { type } = combinator.params.find((param) => param.name === name)!
    return [name, falsy(type) ?? value] as const
  })
  return { combinator, fields: Object.fromEntries(replaced) }
}

function readBack(bytes: Uint8Array, { kind }: Combinator): TlObject {
  const reader = new Reader(bytes)
  const object = kind === 'method' ? readRequest(reader) : readObject(reader)
  reader.finish()
  return object
}

/** Fields that the object has: a `true` that is false is absent. */
const present = (object: TlObject): string[] =>
  Object.entries(object)
    .filter(([name, value]) => value !== undefined && !(value === false && isTrueFlag(object, name)))
    .map(([name]) => name)
    .sort()

function isTrueFlag({ CONSTRUCTOR_ID }: TlObject, name: string): boolean {
  const type = api.index.byId.get(CONSTRUCTOR_ID)!.params.find((param) => param.name === name)?.type
  return type?.kind === 'primitive' && type.name === 'true'
}

describe(`optional fields, seed ${seed}`, () => {
  it.each([
    ['any values', (plain: Plain) => plain],
    ["0, '', false and []", emptied],
  ])('are written and read back in every combination, with %s', (_, shape) => {
    let cases = 0
    for (const { combinator, bits } of withOptions) {
      for (const subset of subsets(bits)) {
        const plain = shape(random.make(combinator, 0, (bit) => subset.has(bit)))
        const context = `${combinator.tlName} with ${[...subset].join(', ') || 'none'}, RAWGRAM_SEED=${seed}`
        const bytes = instanceOf(plain).getBytes()
        const read = readBack(bytes, combinator)
        if (toHex(read.getBytes()) !== toHex(bytes)) expect.fail(`${context}: changed by reading and writing`)
        const given = Object.keys(plain.fields).sort()
        if (present(read).join() !== given.join()) expect(present(read), context).toEqual(given)
        const byTheSchema = toHex(encodeValue(wireValue(plain), definitions))
        if (toHex(bytes) !== byTheSchema) expect(toHex(bytes), context).toBe(byTheSchema)
        cases++
      }
    }
    console.log(`${cases} combinations of optional fields in ${withOptions.length} definitions`)
    expect(cases).toBeGreaterThan(8_000)
  })
})
