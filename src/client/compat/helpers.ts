/**
 * The small tools that existing code imports from `Helpers`. Numbers are `big-integer` objects, bytes `Buffer` where
 * there is one.
 */
import bigInt, { type BigInteger } from 'big-integer'
import { asBytes, xor, type Bytes } from '../../bytes/bytes.js'
import { bigIntFromBytesBE, bigIntToBytesBE } from '../../bytes/bigint.js'
import { temporaryAesKey } from '../../crypto/auth-key.js'
import { modPow } from '../../crypto/mod-pow.js'
import { sha1 as sha1Of, sha256 as sha256Of } from '../../crypto/sha.js'
import { LocalError } from '../../errors/errors.js'
import { randomBytes } from '../../platform/random.js'
import { systemPlatform } from '../../platform/system.js'
import { toBigInt, type LongLike } from '../../tl/long.js'
import { crc32 as crc32Of } from '../../transport/crc32.js'

/** An array with the number of all that there are, of which it holds some. */
export class TotalList<T> extends Array<T> {
  /** What is made of it (`map`, `filter`, ...) is a plain array: the number would be wrong there. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }

  total: number | undefined = 0
}

/** @throws {LocalError} `argument`, when the value is no whole number. */
export function returnBigInt(value: LongLike): BigInteger {
  const integer = toBigInt(value)
  if (integer === undefined) throw new LocalError('argument', `expected a whole number, got ${typeof value}`)
  return bigInt(integer)
}

export function readBigIntFromBuffer(buffer: Uint8Array, little: boolean = true, signed: boolean = false): BigInteger {
  const unsigned = bigIntFromBytesBE(little ? Uint8Array.from(buffer).reverse() : buffer)
  return bigInt(signed ? BigInt.asIntN(8 * buffer.length, unsigned) : unsigned)
}

/** @throws {RangeError} when the number does not fit, or is negative without `signed`. */
export function readBufferFromBigInt(
  value: LongLike,
  bytesNumber: number,
  little: boolean = true,
  signed: boolean = false,
): Bytes {
  const integer = BigInt(returnBigInt(value).toString())
  const unsigned = signed ? BigInt.asUintN(8 * bytesNumber, integer) : integer
  if (signed && BigInt.asIntN(8 * bytesNumber, integer) !== integer && unsigned !== integer) {
    throw new RangeError(`${integer} does not fit in ${bytesNumber} bytes`)
  }
  const bytes = bigIntToBytesBE(unsigned, bytesNumber)
  return asBytes(little ? bytes.reverse() : bytes)
}

export function toSignedLittleBuffer(value: LongLike, bytesNumber: number = 8): Bytes {
  const integer = BigInt.asUintN(8 * bytesNumber, BigInt(returnBigInt(value).toString()))
  return asBytes(bigIntToBytesBE(integer, bytesNumber).reverse())
}

/** The shortest big-endian bytes of a number. */
export function getByteArray(value: BigInteger | number, signed: boolean = false): Bytes {
  const bits = value.toString(2).length
  return readBufferFromBigInt(value, Math.floor((bits + 7) / 8), false, signed)
}

export function generateRandomBytes(count: number): Bytes {
  return asBytes(randomBytes(systemPlatform.random, count))
}

export function generateRandomLong(signed: boolean = true): BigInteger {
  return readBigIntFromBuffer(generateRandomBytes(8), true, signed)
}

export function generateRandomBigInt(): BigInteger {
  return generateRandomLong(false)
}

/** A whole number from `min` to `max`, both included. Not for secrets. */
export function getRandomInt(min: number, max: number): number {
  const low = Math.ceil(min)
  return low + Math.floor(Math.random() * (Math.floor(max) - low + 1))
}

export function getMinBigInt(numbers: readonly LongLike[]): BigInteger {
  if (numbers.length === 0) return bigInt.zero
  return numbers.map(returnBigInt).reduce((least, each) => (each.lesser(least) ? each : least))
}

export function mod(n: number, m: number): number {
  return ((n % m) + m) % m
}

export function modExp(base: BigInteger, exponent: BigInteger, modulus: BigInteger): BigInteger {
  const native = (value: BigInteger): bigint => BigInt(value.toString())
  return bigInt(modPow(native(base), native(exponent), native(modulus)))
}

export async function sha1(data: Uint8Array): Promise<Bytes> {
  return asBytes(sha1Of(data))
}

export async function sha256(data: Uint8Array): Promise<Bytes> {
  return asBytes(sha256Of(data))
}

export function crc32(data: Uint8Array | string): number {
  return crc32Of(typeof data === 'string' ? new TextEncoder().encode(data) : data)
}

export function bufferXor(a: Uint8Array, b: Uint8Array): Bytes {
  return asBytes(xor(a, b))
}

/** The key and the vector of the key exchange, of its numbers as they are spelled on the wire, little-endian. */
export async function generateKeyDataFromNonce(
  serverNonce: LongLike,
  newNonce: LongLike,
): Promise<{ key: Bytes; iv: Bytes }> {
  const { key, iv } = temporaryAesKey(toSignedLittleBuffer(newNonce, 32), toSignedLittleBuffer(serverNonce, 16))
  return { key: asBytes(key), iv: asBytes(iv) }
}

/** Each byte as a big-endian number of 32 bits. */
export function convertToLittle(buffer: Uint8Array): Bytes {
  const out = new DataView(new ArrayBuffer(4 * buffer.length))
  buffer.forEach((byte, i) => out.setUint32(4 * i, byte))
  return asBytes(new Uint8Array(out.buffer))
}

/** The fields of an object that are worth printing: those whose names do not begin with `_`. */
export function betterConsoleLog(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !name.startsWith('_')))
}

/** With `isUnref`, the wait does not keep a Node process alive. */
export function sleep(ms: number, isUnref: boolean = false): Promise<void> {
  return new Promise((resolve) => {
    const timer: unknown = setTimeout(resolve, ms)
    if (isUnref) (timer as { unref?: () => void }).unref?.()
  })
}

export function isArrayLike<T>(value: unknown): value is T[] {
  return typeof value === 'object' && value !== null && typeof (value as { length?: unknown }).length === 'number'
}

export function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
