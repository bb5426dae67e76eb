import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bigIntModPow, modPow } from '../../../src/crypto/mod-pow.js'
import { nativeModPow as browserModPow } from '../../../src/crypto/native-mod-pow.browser.js'
import { nativeModPow } from '../../../src/crypto/native-mod-pow.node.js'
import { KNOWN_PRIME } from '../../../src/crypto/known-prime.js'
import { LocalError } from '../../../src/errors/errors.js'

/** The definition, one bit at a time. */
function slow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n % modulus
  let power = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * power) % modulus
    power = (power * power) % modulus
  }
  return result
}

describe('modular powers', () => {
  it('are what repeated multiplication gives, for numbers of every size', () => {
    const number = fc.integer({ min: 0, max: 700 }).chain((bits) => fc.bigInt({ min: 0n, max: 1n << BigInt(bits) }))
    fc.assert(
      fc.property(number, number, number, (base, exponent, modulus) => {
        const m = modulus + 2n
        const expected = slow(base, exponent, m)
        expect(bigIntModPow(base, exponent, m)).toBe(expected)
        expect(modPow(base, exponent, m)).toBe(expected)
        expect(modPow(-base, 2n * exponent, m)).toBe(slow(base, 2n * exponent, m))
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('are computed natively in Node at the size of an auth key, with the same result', () => {
    for (const exponent of [KNOWN_PRIME - 1n, KNOWN_PRIME / 2n, KNOWN_PRIME / 3n, 1n << 2040n]) {
      const base = KNOWN_PRIME / 7n
      const expected = bigIntModPow(base, exponent, KNOWN_PRIME)
      expect(nativeModPow(base, exponent, KNOWN_PRIME)).toBe(expected)
      expect(nativeModPow(0n, exponent, KNOWN_PRIME)).toBe(0n)
      expect(nativeModPow(1n, exponent, KNOWN_PRIME)).toBe(1n)
    }
  })

  it('leave to BigInt what OpenSSL would refuse, and everything in a browser', () => {
    expect(nativeModPow(3n, KNOWN_PRIME, KNOWN_PRIME)).toBeUndefined() // exponent not below the modulus
    expect(nativeModPow(3n, KNOWN_PRIME / 2n, KNOWN_PRIME + 1n)).toBeUndefined() // even
    expect(nativeModPow(3n, 1n << 4000n, (1n << 4096n) - 1n)).toBeUndefined() // long modulus
    expect(browserModPow(3n, KNOWN_PRIME / 2n, KNOWN_PRIME)).toBeUndefined()
    expect(modPow(3n, KNOWN_PRIME * 2n, KNOWN_PRIME)).toBe(9n) // Fermat: 3^2p = 3^(2(p-1)) 3^2
    expect(modPow(5n, 1n << 4000n, 1n << 600n)).toBe(bigIntModPow(5n, 1n << 4000n, 1n << 600n))
  })

  it('refuse a negative exponent and a modulus below 2', () => {
    for (const [exponent, modulus] of [[-1n, 7n], [2n, 1n], [2n, 0n], [2n, -7n]] as const) {
      expect(() => modPow(3n, exponent, modulus)).toThrow(LocalError)
    }
  })
})
