import { describe, expect, it } from 'vitest'
import { decode } from '../../generated/api/decode.js'
import { readRequest } from '../../generated/api/registry.js'
import { TlDecodeError } from '../../src/errors/codec.js'
import { Reader } from '../../src/tl/reader.js'
import { instanceOf } from '../roundtrip/instances.js'
import { RandomValues } from '../roundtrip/random-values.js'
import { api } from '../roundtrip/schema.js'
import { FuzzDice, mutate } from './mutate.js'

/** Reproduce a failure with RAWGRAM_SEED=<the number that it printed>; RAWGRAM_FUZZ=100 does 100 times the work. */
const seed = Number(process.env['RAWGRAM_SEED'] ?? Math.floor(Math.random() * 2 ** 32))
const scale = Number(process.env['RAWGRAM_FUZZ'] ?? 1)
const LONGEST_CALL_MS = 50
const MEMORY_LIMIT = 64 * 2 ** 20

const random = new RandomValues(api.index, seed, { usable: () => true })
const combinators = api.usable.filter((combinator) => random.canMake(combinator))

interface Sample {
  readonly bytes: Uint8Array
  readonly read: (bytes: Uint8Array) => unknown
}

function sample(index: number): Sample {
  const combinator = combinators[index % combinators.length]!
  const bytes = new Uint8Array(instanceOf(random.make(combinator)).getBytes())
  if (combinator.kind === 'constructor') return { bytes, read: decode }
  const read = (input: Uint8Array): unknown => {
    const reader = new Reader(input)
    const request = readRequest(reader)
    reader.finish()
    return request
  }
  return { bytes, read }
}

/** Whether the bytes were refused in the one way that is allowed. */
function refused({ read }: Sample, bytes: Uint8Array): boolean {
  try {
    read(bytes)
    return false
  } catch (error) {
    if (!(error instanceof TlDecodeError)) throw new Error(`RAWGRAM_SEED=${seed}: ${Buffer.from(bytes).toString('hex')}`, { cause: error })
    return true
  }
}

describe(`hostile bytes, seed ${seed}`, () => {
  it('every beginning of an object is refused, and the object is read afterwards', () => {
    for (let i = 0; i < 300 * scale; i++) {
      const valid = sample(i * 7)
      if (valid.bytes.length > 4_000) continue
      for (let length = 0; length < valid.bytes.length; length++) {
        if (!refused(valid, valid.bytes.subarray(0, length))) throw new Error(`${length} bytes were accepted, RAWGRAM_SEED=${seed}`)
      }
      expect(refused(valid, valid.bytes)).toBe(false)
    }
  })

  it('damaged objects raise TlDecodeError alone, quickly and in little memory', () => {
    const dice = new FuzzDice(seed)
    const before = process.memoryUsage().heapUsed
    let longestMs = 0
    let refusals = 0
    for (let i = 0; i < 1_000 * scale; i++) {
      const valid = sample(i * 11)
      for (let round = 0; round < 10; round++) {
        const damaged = mutate(valid.bytes, dice)
        const startedMs = performance.now()
        if (refused(valid, damaged)) refusals++
        longestMs = Math.max(longestMs, performance.now() - startedMs)
      }
      expect(refused(valid, valid.bytes)).toBe(false)
    }
    expect(refusals).toBeGreaterThan(1_000 * scale)
    expect(longestMs).toBeLessThan(LONGEST_CALL_MS)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(MEMORY_LIMIT)
  })
})
