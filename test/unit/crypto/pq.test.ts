import { generatePrimeSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bigIntToBytesBE, bigIntToMinimalBytesBE } from '../../../src/bytes/bigint.js'
import { PqFactorization, type PqFactors } from '../../../src/crypto/pq.js'
import { squareForms } from '../../../src/crypto/square-forms.js'
import { RemoteError } from '../../../src/errors/errors.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomUint64 } from '../../../src/platform/random.js'
import { costOf } from '../../support/cost.js'
import { thrownBy, vectorsOf } from './vectors.js'

function factor(pq: Uint8Array): PqFactors {
  const factoring = new PqFactorization(pq)
  for (let slice = 0; slice < 10_000; slice++) {
    const factors = factoring.step(1000)
    if (factors) return factors
  }
  throw new Error('10 million iterations were not enough')
}

/** Primes below 2^32 from a seed, by trial division. */
function primesFrom(seed: number, bits: number, count: number): bigint[] {
  const random = seededRandom(seed)
  const primes: bigint[] = []
  while (primes.length < count) {
    const n = Number((randomUint64(random) >> BigInt(64 - bits)) | (1n << BigInt(bits - 1)) | 1n)
    let prime = true
    for (let d = 3; d * d <= n && prime; d += 2) prime = n % d !== 0
    if (prime) primes.push(BigInt(n))
  }
  return primes
}

describe('the factors of pq', () => {
  const [published] = vectorsOf<{ pq: [pq: string, p: string, q: string][] }>('pq')
  it.each(published!.data.pq)('of %s are %s and %s', (pq, p, q) => {
    expect(factor(bigIntToMinimalBytesBE(BigInt(pq)))).toEqual({ p: BigInt(p), q: BigInt(q) })
  })

  it('are found for primes of every size, the smaller one first', () => {
    for (let bits = 11; bits <= 31; bits++) {
      const primes = primesFrom(bits, bits, 6)
      for (const a of primes) {
        for (const b of [...primes, 3n, 5n, 997n, 1009n]) {
          if (a === b) continue
          expect(factor(bigIntToBytesBE(a * b, 8))).toEqual(a < b ? { p: a, q: b } : { p: b, q: a })
        }
      }
    }
  })

  it('are found when they differ much in size', () => {
    const small = primesFrom(1, 12, 12)
    const large = Array.from({ length: 12 }, (_, i) => generatePrimeSync(38 + i, { bigint: true }))
    for (const p of small) for (const q of large) expect(factor(bigIntToMinimalBytesBE(p * q))).toEqual({ p, q })
  })

  it('are found for the largest products below 2^63', () => {
    // 3037000493 is the largest prime below 2^31.5, 3037000453 the one before.
    expect(factor(bigIntToBytesBE(3037000453n * 3037000493n, 8))).toEqual({ p: 3037000453n, q: 3037000493n })
  })

  it('stay the same when asked for again, and take slices that are kept short', () => {
    const factoring = new PqFactorization(bigIntToBytesBE(1724114033281923457n, 8))
    expect(factoring.step(1)).toBeUndefined()
    let slices = 1
    let factors: PqFactors | undefined
    while ((factors = factoring.step(100)) === undefined) slices++
    expect(slices).toBeGreaterThan(10)
    expect(factoring.step(1)).toBe(factors)
  })
})

describe('a pq that no server sends', () => {
  const longPrime = (): bigint => generatePrimeSync(512, { bigint: true })
  const impossible: readonly (readonly [what: string, pq: Uint8Array])[] = [
    ...[0n, 1n, 2n, 3n, 4n, 6n, 7n, 9n, 13n, 14n, 16n].map((n) => [String(n), bigIntToMinimalBytesBE(n)] as const),
    ['nothing', new Uint8Array(0)],
    ['the largest prime below 2^63', bigIntToBytesBE((1n << 63n) - 25n, 8)],
    ['a number above 2^63', bigIntToBytesBE(1n << 63n, 8)],
    ['2^64 - 1', new Uint8Array(8).fill(255)],
    ['the square of a large prime', bigIntToBytesBE(3037000493n ** 2n, 8)],
    ['the square of a small prime', bigIntToBytesBE(997n ** 2n, 8)],
    ['the cube of a prime', bigIntToBytesBE(2097143n ** 3n, 8)],
    ['the fifth power of a prime', bigIntToBytesBE(6197n ** 5n, 8)],
    ['a product of a prime and the square of another', bigIntToBytesBE(1009n ** 2n * 1000000000039n, 8)],
    ['a product of a large square and a prime', bigIntToBytesBE(2097143n ** 2n * 2097133n, 8)],
    ['a product of three primes', bigIntToBytesBE(1009n * 1000003n * 1000033n, 8)],
    ['a product of 15 and a prime', bigIntToBytesBE(15n * 1000003n, 8)],
    ['an even number', bigIntToBytesBE(2n * 1000003n, 8)],
    ['9 zero bytes', new Uint8Array(9)],
    ['15 in 9 bytes', bigIntToBytesBE(15n, 9)],
    ['a product of two primes of 512 bits', bigIntToBytesBE(longPrime() * longPrime(), 128)],
  ]
  it.each(impossible)('H18: %s is refused within a second', (_, pq) => {
    let error: unknown
    expect(costOf(() => (error = thrownBy(() => factor(pq))), 1000)).toBeLessThan(1000)
    expect(error).toBeInstanceOf(RemoteError)
    expect((error as RemoteError).failure).toBe('handshake')
  })
})

describe('square forms', () => {
  it('find a factor of every product of two primes between 1000 and 2000', () => {
    const primes: bigint[] = []
    const divisors = [3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n]
    for (let n = 1001n; n < 2000n; n += 2n) if (divisors.every((divisor) => n % divisor !== 0n)) primes.push(n)
    for (const p of primes) {
      for (const q of primes) {
        const search = squareForms(p * q)
        let step = search.next(0)
        while (!step.done) step = search.next(1_000_000)
        expect([p, q]).toContain(step.value)
      }
    }
  })
})
