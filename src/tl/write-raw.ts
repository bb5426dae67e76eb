import { refuse } from './encode-refusal.js'
import type { Writer } from './writer.js'

/** Whole words as they are, without a length: an object that is encoded already, or a fixed-size number. */
export function writeRaw(w: Writer, value: Uint8Array): void {
  if (value.length & 3) refuse('whole words of 4 bytes', value)
  w.put(value, 0)
}
