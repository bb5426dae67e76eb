import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes/hex.js'
import { RemoteError } from '../../../src/errors/errors.js'
import * as browser from '../../../src/crypto/gzip.browser.js'
import * as node from '../../../src/crypto/gzip.node.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'
import { thrownBy } from './vectors.js'

const LIMIT = 1 << 20
const inputs = [0, 1, 3, 255, 4096, 70_000].flatMap((length) => [
  randomBytes(seededRandom(length), length),
  new Uint8Array(length).fill(7),
])

/** toEqual visits every byte as an object of its own, which takes seconds. */
function expectSame(actual: Uint8Array, expected: Uint8Array): void {
  expect(Buffer.compare(actual, expected)).toBe(0)
}

describe.each([
  ['node', node, browser],
  ['browser', browser, node],
])('compression by the %s twin', (_, { gzip, gunzip }, other) => {
  it('is undone by both twins', () => {
    for (const input of inputs) {
      expectSame(gunzip(gzip(input), LIMIT), input)
      expectSame(other.gunzip(gzip(input), LIMIT), input)
    }
  })

  it('is accepted in the gzip and in the zlib format', () => {
    for (const input of inputs) {
      expectSame(gunzip(new Uint8Array(gzipSync(input)), LIMIT), input)
      expectSame(gunzip(new Uint8Array(deflateSync(input)), LIMIT), input)
    }
  })

  it('is refused without a header, damaged or cut short', () => {
    const input = randomBytes(seededRandom(5), 5000).map((byte) => byte & 15)
    const good = new Uint8Array(gzipSync(input))
    const wrongSum = good.slice()
    wrongSum[good.length - 8]! ^= 1
    const raw = new Uint8Array(deflateRawSync(input))
    const bad = [new Uint8Array(0), Uint8Array.of(0x1f), Uint8Array.of(0x1f, 0x8b), raw, wrongSum]
    for (const end of [10, 11, 100, good.length - 9, good.length - 8, good.length - 1]) bad.push(good.subarray(0, end))
    for (const bytes of bad) {
      const error = thrownBy(() => gunzip(bytes, LIMIT))
      expect(error, `${bytes.length} bytes`).toBeInstanceOf(RemoteError)
      expect((error as RemoteError).failure).toBe('decode')
    }
  })

  it('may unfold to exactly the limit, and to no byte more', () => {
    const packed = gzip(new Uint8Array(1000))
    expect(gunzip(packed, 1000)).toHaveLength(1000)
    expect(() => gunzip(packed, 999)).toThrow(/more than 999 bytes/)
    expect(() => gunzip(gzip(new Uint8Array(1)), 0)).toThrow(/more than 0 bytes/)
  })

  it('that is a bomb is refused before it has unfolded', () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(256 << 20), { level: 9 }))
    const before = process.memoryUsage()
    expect(() => gunzip(bomb, LIMIT)).toThrow(/more than 1048576 bytes/)
    const after = process.memoryUsage()
    const grown = after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed
    expect(grown).toBeLessThan(32 << 20)
  })
})

describe('damaged compression', () => {
  const outcome = (gunzip: (bytes: Uint8Array, limit: number) => Uint8Array, bytes: Uint8Array): string => {
    try {
      return toHex(gunzip(bytes, LIMIT))
    } catch (error) {
      if (error instanceof RemoteError) return 'refused'
      throw error
    }
  }

  it('is judged alike by both twins, and is never the cause of another error', () => {
    const random = seededRandom(6)
    const input = randomBytes(random, 400).map((byte) => byte & 7)
    let refused = 0
    for (const good of [gzipSync(input), deflateSync(input)]) {
      for (let run = 0; run < 600; run++) {
        const bad = new Uint8Array(good)
        const [at, flip, cut] = randomBytes(random, 3)
        bad[Math.floor((at! / 256) * bad.length)]! ^= flip!
        const bytes = run % 4 === 0 ? bad.subarray(0, cut) : bad
        const result = outcome(node.gunzip, bytes)
        expect(outcome(browser.gunzip, bytes), `run ${run}`).toBe(result)
        if (result === 'refused') refused++
      }
    }
    expect(refused).toBeGreaterThan(1000)
  })
})
