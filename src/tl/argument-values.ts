import { asBytes } from '../bytes/bytes.js'
import type { Bytes } from '../bytes/bytes.js'
import { randomUint64 } from '../platform/random.js'
import { systemPlatform } from '../platform/system.js'
import { toBigInt } from './long.js'
import type { BigInteger, LongLike } from './long.js'

export type { Bytes }

/** What a field of TL type `int` that holds a moment is given as: seconds since 1970, or a `Date`. */
export type DateLike = number | Date

/** A moment in whole seconds; anything that is no `Date` stays as it is, for the writer to judge. */
export function seconds(moment: DateLike): number
export function seconds(moment: DateLike | undefined): number | undefined
export function seconds(moment: unknown): unknown {
  return moment instanceof Date ? Math.floor(+moment / 1000) : moment
}

let wrap: ((integer: bigint) => BigInteger) | undefined

/** Called by the reader of longs: from then on objects that are built hold the same kind of long as objects that are read. */
export function installLongs(wrapper: (integer: bigint) => BigInteger): void {
  wrap = wrapper
}

/**
 * A `long` as a `big-integer`, once anything that reads longs is loaded. A program that only builds requests carries no
 * `big-integer`, and keeps what it was given. What is no integer stays as it is, for the writer to judge.
 */
export function longOf(value: LongLike | Uint8Array): BigInteger
export function longOf(value: LongLike | Uint8Array | undefined): BigInteger | undefined
export function longOf(value: unknown): unknown {
  const integer = wrap === undefined || typeof value === 'object' ? undefined : toBigInt(value)
  return integer === undefined ? value : wrap!(integer)
}

export function longsOf(values: LongLike[]): BigInteger[]
export function longsOf(values: LongLike[] | undefined): BigInteger[] | undefined
export function longsOf(values: unknown): unknown {
  return Array.isArray(values) ? values.map((value) => longOf(value)) : values
}

/** The same memory as the platform's byte-string type; anything else stays as it is, for the writer to judge. */
export function bytesOf(value: Uint8Array): Bytes
export function bytesOf(value: Uint8Array | undefined): Bytes | undefined
export function bytesOf(value: unknown): unknown {
  return value instanceof Uint8Array ? asBytes(value) : value
}

export function byteStringsOf(values: Uint8Array[]): Bytes[]
export function byteStringsOf(values: Uint8Array[] | undefined): Bytes[] | undefined
export function byteStringsOf(values: unknown): unknown {
  return Array.isArray(values) ? values.map((value) => bytesOf(value)) : values
}

/** A fresh random `long`: what tells one send from a repetition of it. */
export function randomLong(): bigint {
  return BigInt.asIntN(64, randomUint64(systemPlatform.random))
}

/** One random `long` per item of `ids`; none while there are no items to count. */
export function randomLongs(ids: unknown): bigint[] {
  return Array.isArray(ids) ? ids.map(randomLong) : []
}
