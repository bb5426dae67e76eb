import { describe, expect, it } from 'vitest'
import type { Combinator } from '../../codegen/ir/ir.js'
import { readObject, readRequest } from '../../generated/api/registry.js'
import { toHex } from '../../src/bytes/hex.js'
import { Reader } from '../../src/tl/reader.js'
import { instanceOf } from './instances.js'
import { gramjs, mtcute } from './peers.js'
import { RandomValues } from './random-values.js'
import { api } from './schema.js'

/** Reproduce a failure with RAWGRAM_SEED=<the number that it printed>. */
const seed = Number(process.env['RAWGRAM_SEED'] ?? Math.floor(Math.random() * 2 ** 32))
const CASES_EACH = 4

/** Fields that other libraries write differently from what the schema says, with the reason. */
const hasWide = (combinator: Combinator): boolean =>
  combinator.params.some(({ type }) => type.kind === 'primitive' && (type.name === 'int128' || type.name === 'int256'))

const codecs = [await mtcute(), gramjs('telegram'), gramjs('teleproto')]

describe(`random instances, seed ${seed}`, () => {
  for (const codec of codecs) {
    it(`encode to the bytes that ${codec.name} encodes them to`, () => {
      const usable = (combinator: Combinator): boolean => codec.knows(combinator) && !hasWide(combinator)
      const random = new RandomValues(api.index, seed, { usable, truthyOnly: true, safeLongs: true, positiveLongs: codec.name === 'teleproto' })
      let compared = 0
      for (const combinator of api.usable) {
        if (!random.canMake(combinator) || combinator.params.some(({ type }) => type.kind === 'generic')) continue
        for (let i = 0; i < CASES_EACH; i++) {
          const plain = random.make(combinator)
          const context = `${combinator.tlName}, case ${i}, RAWGRAM_SEED=${seed}`
          expect(toHex(instanceOf(plain).getBytes()), context).toBe(toHex(codec.encode(plain)))
          compared++
        }
      }
      expect(compared).toBeGreaterThan(4_000)
    })
  }

  it('are the same after encode, decode and encode', () => {
    const random = new RandomValues(api.index, seed, { usable: () => true })
    for (const combinator of api.usable) {
      for (let i = 0; i < CASES_EACH; i++) {
        const bytes = instanceOf(random.make(combinator)).getBytes()
        const context = `${combinator.tlName}, case ${i}, RAWGRAM_SEED=${seed}`
        const reader = new Reader(bytes)
        const read = combinator.kind === 'method' ? readRequest(reader) : readObject(reader)
        expect(reader.remaining, context).toBe(0)
        expect(read.CONSTRUCTOR_ID, context).toBe(combinator.id)
        expect(toHex(read.getBytes()), context).toBe(toHex(bytes))
      }
    }
  })
})
