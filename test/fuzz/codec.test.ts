import { describe, expect, it } from 'vitest'
import { decode } from '../../generated/api/decode.js'
import { readRequest } from '../../generated/api/registry.js'
import { TlDecodeError } from '../../src/errors/codec.js'
import type { TlObject } from '../../src/tl/object.js'
import { Reader } from '../../src/tl/reader.js'
import { instanceOf } from '../roundtrip/instances.js'
import { RandomValues } from '../roundtrip/random-values.js'
import { api } from '../roundtrip/schema.js'
import { costOf } from '../support/cost.js'
import { heldBytes } from '../support/memory.js'
import { FuzzDice, mutate } from './mutate.js'

/** Reproduce a failure with RAWGRAM_SEED=<the number that it printed>; RAWGRAM_FUZZ=full damages a million objects. */
const seed = Number(process.env['RAWGRAM_SEED'] ?? Math.floor(Math.random() * 2 ** 32))
const full = process.env['RAWGRAM_FUZZ'] === 'full'
const OBJECTS = full ? 10_000 : 500
const MUTATIONS = full ? 1_000_000 : 20_000
const MUTATIONS_EACH = 10
const TIMEOUT_MS = 1_800_000

const LONGEST_CALL_MS = 50
const MEMORY_LIMIT = 64 * 2 ** 20
/** Every beginning of a long object takes time in the square of its length. */
const LONGEST_OBJECT = 4_000

const random = new RandomValues(api.index, seed, { usable: () => true })
const combinators = api.usable.filter((combinator) => random.canMake(combinator))

interface Sample {
  readonly bytes: Uint8Array
  readonly read: (bytes: Uint8Array) => TlObject
}

function sample(index: number): Sample {
  const combinator = combinators[index % combinators.length]!
  const bytes = new Uint8Array(instanceOf(random.make(combinator)).getBytes())
  if (combinator.kind === 'constructor') return { bytes, read: decode }
  const read = (input: Uint8Array): TlObject => {
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
    if (!(error instanceof TlDecodeError)) {
      throw new Error(`RAWGRAM_SEED=${seed}: ${Buffer.from(bytes).toString('hex')}`, { cause: error })
    }
    return true
  }
}

/** That the sound object is read as what it is, whatever was refused before. */
function expectUnharmed({ bytes, read }: Sample): void {
  if (Buffer.compare(read(bytes).getBytes(), bytes) === 0) return
  throw new Error(`another value was read, RAWGRAM_SEED=${seed}: ${Buffer.from(bytes).toString('hex')}`)
}

describe(`hostile bytes, seed ${seed}`, () => {
  it(
    'every beginning of an object is refused, and the object is read afterwards',
    () => {
      let beginnings = 0
      for (let objects = 0, i = 0; objects < OBJECTS; i++) {
        const valid = sample(i * 7)
        if (valid.bytes.length > LONGEST_OBJECT) continue
        for (let length = 0; length < valid.bytes.length; length++) {
          if (!refused(valid, valid.bytes.subarray(0, length))) {
            throw new Error(`${length} bytes were accepted, RAWGRAM_SEED=${seed}`)
          }
        }
        expectUnharmed(valid)
        beginnings += valid.bytes.length
        objects++
      }
      console.log(`${beginnings} beginnings of ${OBJECTS} objects refused, seed ${seed}`)
      expect(beginnings).toBeGreaterThan(10 * OBJECTS)
    },
    TIMEOUT_MS,
  )

  it(
    'damaged objects raise TlDecodeError alone, quickly and in little memory, and the sound one is read after each',
    () => {
      const dice = new FuzzDice(seed)
      const startBytes = heldBytes()
      let mostHeld = 0
      let longestMs = 0
      let refusals = 0
      for (let i = 0; i * MUTATIONS_EACH < MUTATIONS; i++) {
        const valid = sample(i * 11)
        for (let round = 0; round < MUTATIONS_EACH; round++) {
          const damaged = mutate(valid.bytes, dice)
          let wasRefused = false
          const ms = costOf(() => {
            wasRefused = refused(valid, damaged)
          }, LONGEST_CALL_MS)
          if (wasRefused) refusals++
          if (ms >= LONGEST_CALL_MS) {
            expect.fail(`${ms} ms, RAWGRAM_SEED=${seed}: ${Buffer.from(damaged).toString('hex')}`)
          }
          longestMs = Math.max(longestMs, ms)
          expectUnharmed(valid)
        }
        if (i % 1_000 === 999) mostHeld = Math.max(mostHeld, heldBytes() - startBytes)
      }
      const megabytes = (mostHeld / 2 ** 20).toFixed(1)
      const figures = `${refusals} refused, longest call ${longestMs.toFixed(1)} ms, ${megabytes} MB held`
      console.log(`${MUTATIONS} damaged objects, seed ${seed}: ${figures}`)
      expect(refusals).toBeGreaterThan(MUTATIONS / 2)
      expect(mostHeld).toBeLessThan(MEMORY_LIMIT)
    },
    TIMEOUT_MS,
  )
})
