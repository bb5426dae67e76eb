import { refuse } from './encode-refusal.js'
import { toBigInt } from './long.js'
import { writeRaw } from './write-raw.js'
import type { Writer } from './writer.js'

/** `int128`: 16 bytes as they are, or an integer in two's complement, the lowest byte first. */
export function writeInt128(w: Writer, value: unknown): void {
  writeWide(w, value, 16)
}

/** `int256`: 32 bytes as they are, or an integer in two's complement, the lowest byte first. */
export function writeInt256(w: Writer, value: unknown): void {
  writeWide(w, value, 32)
}

function writeWide(w: Writer, value: unknown, size: 16 | 32): void {
  if (value instanceof Uint8Array && value.length === size) return writeRaw(w, value)
  const integer = toBigInt(value)
  if (integer === undefined || BigInt.asIntN(size * 8, integer) !== integer) {
    refuse(`an int${size * 8} (${size} bytes, or an integer from -2^${size * 8 - 1} to 2^${size * 8 - 1}-1)`, integer ?? value)
  }
  const words = new DataView(new ArrayBuffer(size))
  for (let at = 0; at < size; at += 8) words.setBigInt64(at, BigInt.asIntN(64, integer >> BigInt(at * 8)), true)
  writeRaw(w, new Uint8Array(words.buffer))
}
