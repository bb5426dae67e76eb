import { describe, expect, it } from 'vitest'
import { KNOWN_PRIME } from '../../../src/crypto/known-prime.js'
import { passesMillerRabin, smallFactor } from '../../../src/crypto/miller-rabin.js'
import * as browser from '../../../src/crypto/prime.browser.js'
import * as node from '../../../src/crypto/prime.node.js'

describe.each([
  ['node', node],
  ['browser', browser],
])('the primality test of the %s twin', (_, { isPrime }) => {
  it('knows all primes below 3000', () => {
    const composite = new Set<number>()
    for (let n = 2; n < 3000; n++) {
      expect(isPrime(BigInt(n)), String(n)).toBe(!composite.has(n))
      if (!composite.has(n)) for (let multiple = n * n; multiple < 3000; multiple += n) composite.add(multiple)
    }
    for (const n of [-7n, -1n, 0n, 1n]) expect(isPrime(n)).toBe(false)
  })

  it('is not deceived by Carmichael numbers and strong pseudoprimes', () => {
    const deceivers = [1729n, 294409n, 3215031751n, 3474749660383n, 341550071728321n, 3825123056546413051n]
    // Arnault's: a composite that passes Miller-Rabin for every prime base below 307 (Math. Comp. 64, 1995).
    const p1 = BigInt(
      '2967449566868551055015417464290533273077199179985304335099507553127683875317' +
        '1770199594238596428121188033664754218345562493168782883',
    )
    const arnault = p1 * (313n * (p1 - 1n) + 1n) * (353n * (p1 - 1n) + 1n)
    expect(passesMillerRabin(arnault, 2n)).toBe(true)
    for (const n of [...deceivers, arnault]) expect(isPrime(n)).toBe(false)
  })

  it('proves the known prime safe', () => {
    expect(KNOWN_PRIME.toString(2)).toHaveLength(2048)
    expect(isPrime(KNOWN_PRIME)).toBe(true)
    expect(isPrime((KNOWN_PRIME - 1n) / 2n)).toBe(true)
    expect(isPrime(KNOWN_PRIME - 2n)).toBe(false)
  })
})

describe('trial division', () => {
  it('finds the least factor below 1000', () => {
    expect(smallFactor(991n * 997n)).toBe(991n)
    expect(smallFactor(997n)).toBe(997n)
    expect(smallFactor(1009n * 1013n)).toBeUndefined()
  })
})
