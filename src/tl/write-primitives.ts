import { refuse } from './encode-refusal.js'
import { BOOL_FALSE_ID, BOOL_TRUE_ID } from './ids.js'
import type { Writer } from './writer.js'

/** A 64-bit floating-point number. */
export function writeDouble(w: Writer, value: unknown): void {
  if (typeof value !== 'number') refuse('a number', value)
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  w.flags(bits.getInt32(4))
  w.flags(bits.getInt32(0))
}

/** An unsigned 32-bit number, the `#` of TL. */
export function writeUint(w: Writer, value: unknown): void {
  if (typeof value !== 'number' || value >>> 0 !== value) refuse('a #, 0 to 2^32-1', value)
  w.flags(value)
}

/** A boxed boolean. */
export function writeBool(w: Writer, value: unknown): void {
  if (value !== true && value !== false) refuse('true or false', value)
  w.flags(value ? BOOL_TRUE_ID : BOOL_FALSE_ID)
}

/** As functions, for the items of a vector. */
export function writeInt(w: Writer, value: unknown): void {
  w.int(value)
}
export function writeString(w: Writer, value: unknown): void {
  w.string(value)
}
export function writeBytes(w: Writer, value: unknown): void {
  w.bytes(value)
}
