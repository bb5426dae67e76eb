import bigInt from 'big-integer'
import { installLongs } from './argument-values.js'
import type { BigInteger } from './long.js'
import type { Reader } from './reader.js'

/**
 * The class behind a `big-integer` that wraps a native one. The package's own function finds it only after it has
 * looked at the kind of its argument and in its cache of small numbers, which doubles the time.
 */
const Wrapper = bigInt(2n ** 62n).constructor as new (value: bigint) => BigInteger

installLongs((integer) => new Wrapper(integer))

/** A `long` as a `big-integer`. */
export function readLong(r: Reader): BigInteger {
  return new Wrapper(r.bigint())
}

/** An `int128` as a `big-integer`: two's complement, the lowest byte first. */
export function readInt128(r: Reader): BigInteger {
  return new Wrapper(wide(r, 2))
}

/** An `int256` as a `big-integer`: two's complement, the lowest byte first. */
export function readInt256(r: Reader): BigInteger {
  return new Wrapper(wide(r, 4))
}

function wide(r: Reader, longs: number): bigint {
  let value = 0n
  for (let i = 0; i < longs; i++) {
    const word = r.bigint()
    value |= (i === longs - 1 ? word : BigInt.asUintN(64, word)) << BigInt(64 * i)
  }
  return value
}
