import bigInt, { type BigInteger } from 'big-integer'
import { bigIntToBytesBE } from '../../bytes/bigint.js'
import { PQ_BYTES } from '../../crypto/limits.js'
import { PqFactorization } from '../../crypto/pq.js'
import type { LongLike } from '../../tl/long.js'
import { returnBigInt } from './helpers.js'

/** Iterations between two looks at whether the primes are found: all that the engine needs and this does not. */
const SLICE = 1_000_000

/** Splits the `pq` of a key exchange, under the name that existing code imports. */
export class Factorizator {
  static gcd(a: BigInteger, b: BigInteger): BigInteger {
    return bigInt.gcd(a, b)
  }

  /**
   * @returns the two primes, the smaller one first.
   * @throws {RemoteError} `handshake`, when the number is not the product of two different odd primes below 2^63.
   */
  static factorize(pq: LongLike): { p: BigInteger; q: BigInteger } {
    const search = new PqFactorization(bigIntToBytesBE(BigInt(returnBigInt(pq).toString()), PQ_BYTES))
    for (;;) {
      const found = search.step(SLICE)
      if (found !== undefined) return { p: bigInt(found.p), q: bigInt(found.q) }
    }
  }
}
