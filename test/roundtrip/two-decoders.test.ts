import { describe, expect, it } from 'vitest'
import type { Combinator } from '../../codegen/ir/ir.js'
import { decodeWithSpans } from '../../codegen/wire/decode.js'
import { Definitions } from '../../codegen/wire/definitions.js'
import type { WireValue } from '../../codegen/wire/value.js'
import { WireRefusal } from '../../codegen/wire/value.js'
import { readObject, readRequest } from '../../generated/api/registry.js'
import { TlDecodeError } from '../../src/errors/codec.js'
import { TlObject } from '../../src/tl/object.js'
import { Reader } from '../../src/tl/reader.js'
import { FuzzDice, mutate } from '../fuzz/mutate.js'
import { instanceOf } from './instances.js'
import { RandomValues } from './random-values.js'
import { api } from './schema.js'

/** Reproduce a failure with RAWGRAM_SEED=<the number that it printed>. */
const seed = Number(process.env['RAWGRAM_SEED'] ?? Math.floor(Math.random() * 2 ** 32))
const definitions = new Definitions([api.index.schema])

/** What the generated readers made of the bytes, in the words of the decoder that interprets the schema. */
function emitted(bytes: Uint8Array, combinator: Combinator): TlObject {
  const reader = new Reader(bytes)
  const object = combinator.kind === 'method' ? readRequest(reader) : readObject(reader)
  reader.finish()
  return object
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (value instanceof TlObject) {
    const fields = Object.entries(value).flatMap(([name, each]) => (each === undefined || each === false ? [] : [[name, plain(each)]]))
    return { class: value.className, ...Object.fromEntries(fields) }
  }
  return typeof value === 'object' || typeof value === 'number' ? String(value) : value
}

function plainWire(value: WireValue): unknown {
  switch (value.kind) {
    case 'object': {
      const { qualifiedName, params } = (api.index.constructors.get(value.name) ?? api.index.methods.get(value.name))!
      const names = new Map(params.map((param) => [param.tlName, param.name]))
      const fields = value.fields.flatMap((field) => {
        const each = plainWire(field.value)
        return each === false ? [] : [[names.get(field.name), each]]
      })
      return { class: qualifiedName, ...Object.fromEntries(fields) }
    }
    case 'list':
      return value.items.map(plainWire)
    case 'bytes':
      return Buffer.from(value.value).toString('hex')
    case 'integer':
    case 'double':
      return String(value.value)
    default:
      return value.value
  }
}

const hasWide = (combinator: Combinator): boolean =>
  combinator.params.some(({ type }) => type.kind === 'primitive' && (type.name === 'int128' || type.name === 'int256'))

const accepts = (decode: () => unknown, refusal: new (...args: never[]) => Error): boolean => {
  try {
    decode()
    return true
  } catch (error) {
    if (!(error instanceof refusal)) throw error
    return false
  }
}

describe(`the generated readers and the decoder that interprets the schema, seed ${seed}`, () => {
  const random = new RandomValues(api.index, seed, { usable: (combinator) => !hasWide(combinator) })
  const combinators = api.usable.filter((combinator) => random.canMake(combinator))

  it('read the same values from every constructor and method', () => {
    for (const combinator of combinators) {
      for (let i = 0; i < 3; i++) {
        const bytes = new Uint8Array(instanceOf(random.make(combinator)).getBytes())
        const context = `${combinator.tlName}, case ${i}, RAWGRAM_SEED=${seed}`
        const { value, spans } = decodeWithSpans(bytes, definitions)
        expect(plain(emitted(bytes, combinator)), context).toEqual(plainWire(value))
        expect(spans.reduce((sum, span) => sum + span.length, 0), context).toBe(bytes.length)
      }
    }
  })

  it('accept and refuse the same damaged bytes', () => {
    const dice = new FuzzDice(seed)
    let refused = 0
    for (const combinator of combinators) {
      const bytes = new Uint8Array(instanceOf(random.make(combinator)).getBytes())
      for (let i = 0; i < 6; i++) {
        const damaged = mutate(bytes, dice)
        // Method or constructor is for the id to say, in damaged bytes too.
        const id = damaged.length < 4 ? 0 : new DataView(damaged.buffer, damaged.byteOffset).getUint32(0, true)
        const found = api.index.byId.get(id) ?? combinator
        const ours = accepts(() => emitted(damaged, found), TlDecodeError)
        const theirs = accepts(() => decodeWithSpans(damaged, definitions), WireRefusal)
        const hex = Buffer.from(damaged).toString('hex')
        expect(ours, `${combinator.tlName}, RAWGRAM_SEED=${seed}, ${hex}`).toBe(theirs)
        if (!ours) refused++
      }
    }
    expect(refused).toBeGreaterThan(combinators.length)
  })
})
