import { fromHex, toHex } from './hex.js'

/** The unsigned integer that big-endian `bytes` spell. The empty string is 0. */
export function bigIntFromBytesBE(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`)
}

/**
 * Big-endian bytes of `value`, left-padded with zeros to exactly `length`.
 * @throws {RangeError} when `value` is negative or does not fit.
 */
export function bigIntToBytesBE(value: bigint, length: number): Uint8Array {
  const digits = value.toString(16)
  if (value < 0n || digits.length > 2 * length) throw new RangeError(`a number does not fit in ${length} bytes`)
  return fromHex(digits.padStart(2 * length, '0'))
}

/** Big-endian bytes of `value` without leading zeros (0 is the empty string). */
export function bigIntToMinimalBytesBE(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array(0)
  const digits = value.toString(16)
  return fromHex(digits.length % 2 === 0 ? digits : `0${digits}`)
}
