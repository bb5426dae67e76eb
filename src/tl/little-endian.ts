import { LOW, longs, words } from './long-words.js'

/*
 * Numbers of fixed places in a packet, in the byte order of MTProto. A `DataView` for them costs more than all of them.
 * Who calls has checked that the bytes are there.
 */

export function int32At(bytes: Uint8Array, offset: number): number {
  return bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24)
}

/** A signed 64-bit number. */
export function longAt(bytes: Uint8Array, offset: number): bigint {
  words[LOW] = int32At(bytes, offset)
  words[1 - LOW] = int32At(bytes, offset + 4)
  return longs[0]!
}

/** Writes the lowest 32 bits of an integer. */
export function setInt32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value
  bytes[offset + 1] = value >> 8
  bytes[offset + 2] = value >> 16
  bytes[offset + 3] = value >> 24
}

/** Writes the lowest 64 bits of an integer. */
export function setLong(bytes: Uint8Array, offset: number, value: bigint): void {
  longs[0] = value
  setInt32(bytes, offset, words[LOW]!)
  setInt32(bytes, offset + 4, words[1 - LOW]!)
}
