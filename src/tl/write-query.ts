import { METHOD_CALL } from './writer.js'
import type { Writer } from './writer.js'

/** A method call inside another, the `!X` of TL. */
export function writeQuery(w: Writer, value: unknown): void {
  w.boxed(value, METHOD_CALL)
}
