import { asBytes } from '../bytes/bytes.js'
import type { Bytes } from '../bytes/bytes.js'
import { randomUint64 } from '../platform/random.js'
import { systemPlatform } from '../platform/system.js'

/** What a field of TL type `int` that holds a moment is given as: seconds since 1970, or a `Date`. */
export type DateLike = number | Date

/** A moment in whole seconds; anything that is no `Date` stays as it is, for the writer to judge. */
export function seconds<T>(moment: T | Date): T | number {
  return moment instanceof Date ? Math.floor(moment.getTime() / 1000) : moment
}

/** The same memory as the platform's byte-string type; anything else stays as it is, for the writer to judge. */
export function bytesOf<T>(value: T | Uint8Array): T | Bytes {
  return value instanceof Uint8Array ? asBytes(value) : value
}

/** A fresh random `long`: what tells one send from a repetition of it. */
export function randomLong(): bigint {
  return BigInt.asIntN(64, randomUint64(systemPlatform.random))
}

/** One random `long` per item of `ids`; none while there are no items to count. */
export function randomLongs(ids: unknown): bigint[] {
  return Array.isArray(ids) ? ids.map(randomLong) : []
}
