import { describe, expect, it } from 'vitest'
import { Definitions } from '../../codegen/wire/definitions.js'
import { encodeValue } from '../../codegen/wire/encode.js'
import { toHex } from '../../src/bytes/hex.js'
import { instanceOf, serviceClass } from './instances.js'
import { RandomValues } from './random-values.js'
import { api, mtproto } from './schema.js'
import { wireValue } from './wire-values.js'

/** Reproduce a failure with RAWGRAM_SEED=<the number that it printed>. */
const seed = Number(process.env['RAWGRAM_SEED'] ?? Math.floor(Math.random() * 2 ** 32))
const CASES_EACH = 6

describe(`the generated writers and the encoder that interprets the schema, seed ${seed}`, () => {
  it.each([
    ['the layer', api, undefined],
    ['the service schema', mtproto, serviceClass],
  ] as const)('write the same bytes for every definition of %s', (_, { index, usable }, classOf) => {
    const random = new RandomValues(index, seed, { usable: (combinator) => usable.includes(combinator) })
    const definitions = new Definitions([index.schema])
    const combinators = usable.filter((combinator) => random.canMake(combinator))
    for (const combinator of combinators) {
      for (let i = 0; i < CASES_EACH; i++) {
        const plain = random.make(combinator)
        const emitted = toHex(instanceOf(plain, classOf).getBytes())
        const interpreted = toHex(encodeValue(wireValue(plain), definitions))
        if (emitted !== interpreted) {
          expect(emitted, `${combinator.tlName}, case ${i}, RAWGRAM_SEED=${seed}`).toBe(interpreted)
        }
      }
    }
    console.log(`${combinators.length} of ${usable.length} definitions written ${CASES_EACH} times each`)
    expect(combinators.length / usable.length).toBeGreaterThan(0.9)
  })
})
