import { refuse } from './encode-refusal.js'
import { toBigInt } from './long.js'
import { LOW, longs, words } from './long-words.js'
import type { Writer } from './writer.js'

/** A signed 64-bit number. */
export function writeLong(w: Writer, value: unknown): void {
  const integer = toBigInt(value)
  if (integer !== undefined) longs[0] = integer
  if (longs[0] !== integer) {
    refuse('a long, -2^63 to 2^63-1, as bigint, safe integer, decimal string or big-integer', integer ?? value)
  }
  w.flags(words[LOW]!)
  w.flags(words[1 - LOW]!)
}
