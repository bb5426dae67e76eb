import type { PathStep } from './encode-refusal.js'
import { BOOL_FALSE_ID, BOOL_TRUE_ID } from './ids.js'
import type { Writer } from './writer.js'

/** A 64-bit floating-point number. */
export function writeDouble(w: Writer, value: unknown, field: PathStep): void {
  if (typeof value !== 'number') w.refuse(field, 'a number', value)
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  w.int64(bits.getBigInt64(0))
}

/** A boxed boolean. */
export function writeBool(w: Writer, value: unknown, field: PathStep): void {
  if (value !== true && value !== false) w.refuse(field, 'true or false', value)
  w.uint(value ? BOOL_TRUE_ID : BOOL_FALSE_ID, field)
}

/** As functions, for the items of a vector. */
export function writeInt(w: Writer, value: unknown, field: PathStep): void {
  w.int(value, field)
}
export function writeUint(w: Writer, value: unknown, field: PathStep): void {
  w.uint(value, field)
}
export function writeString(w: Writer, value: unknown, field: PathStep): void {
  w.string(value, field)
}
export function writeBytes(w: Writer, value: unknown, field: PathStep): void {
  w.bytes(value, field)
}
