import { bigIntFromBytesBE } from '../bytes/bigint.js'
import { RemoteError } from '../errors/errors.js'
import { PQ_BYTES } from './limits.js'
import { passesMillerRabin, SMALL_PRIMES, smallFactor } from './miller-rabin.js'
import { squareForms } from './square-forms.js'

export interface PqFactors {
  /** The smaller prime. */
  readonly p: bigint
  readonly q: bigint
}

/** These bases decide primality of every number below 3.3 * 10^24 (Sorenson and Webster, 2015). */
const DECISIVE_BASES = SMALL_PRIMES.slice(0, 13)

/** Miller-Rabin without dice, for numbers of 64 bits. */
function isSmallPrime(n: bigint): boolean {
  if (n < 2n) return false
  const factor = smallFactor(n)
  return factor === undefined ? DECISIVE_BASES.every((base) => passesMillerRabin(n, base)) : factor === n
}

/** Whether an `n` below 2^63 is a square, cube or fifth power. The search would take long to find out that it is. */
function isPower(n: bigint): boolean {
  return [2, 3, 5].some((exponent) => BigInt(Math.round(Number(n) ** (1 / exponent))) ** BigInt(exponent) === n)
}

/**
 * Factors the `pq` of `resPQ` in slices, so that timers keep firing: call `step` until it gives the two primes. A
 * number of 63 bits takes some 60,000 iterations, a few milliseconds.
 *
 * `resPQ#05162463 nonce:int128 server_nonce:int128 pq:string server_public_key_fingerprints:Vector<long> = ResPQ;`
 * @see https://core.telegram.org/mtproto/auth_key#2-server-sends-response-of-the-form
 */
export class PqFactorization {
  readonly #pq: bigint
  readonly #search: Iterator<undefined, bigint | undefined, number>
  #found: PqFactors | undefined

  /**
   * @param pq big-endian, at most 8 bytes
   * @throws {RemoteError} `handshake`, when it cannot be the product of two different odd primes below 2^63.
   */
  constructor(pq: Uint8Array) {
    if (pq.length > PQ_BYTES) throw refusal(`it has ${pq.length} bytes`)
    this.#pq = bigIntFromBytesBE(pq)
    if (this.#pq >> 63n !== 0n) throw refusal('it is above 2^63 - 1')
    if (this.#pq < 15n || (this.#pq & 1n) === 0n) throw refusal('it is even or too small')
    if (isSmallPrime(this.#pq)) throw refusal('it is prime')
    if (isPower(this.#pq)) throw refusal('it is a power')
    this.#search = squareForms(this.#pq)
    const factor = smallFactor(this.#pq)
    if (factor !== undefined) this.#accept(factor)
  }

  /**
   * Works for about `iterations` iterations (of some 30 ns) and gives the primes, or `undefined` where more is needed.
   * @throws {RemoteError} `handshake`, when the number has other factors than two different primes.
   */
  step(iterations: number): PqFactors | undefined {
    if (this.#found) return this.#found
    const { done, value } = this.#search.next(iterations)
    if (!done) return undefined
    if (value === undefined) throw refusal('no factor was found')
    return this.#accept(value)
  }

  #accept(factor: bigint): PqFactors {
    const other = this.#pq / factor
    const [p, q] = factor < other ? [factor, other] : [other, factor]
    if (!isSmallPrime(p) || !isSmallPrime(q)) throw refusal('it has more than two prime factors')
    this.#found = { p, q }
    return this.#found
  }
}

function refusal(why: string): RemoteError {
  return new RemoteError('handshake', `pq cannot be factored into two primes: ${why}`, {
    path: 'resPQ.pq',
    expected: 'the product of two different odd primes, at most 2^63 - 1',
  })
}
