import type { Bytes } from '../bytes/bytes.js'
import { Writer } from './writer.js'

/**
 * What calls to a writer make, for bytes that no class of a schema stands for. Where there is too little room, `write` is
 * called once more.
 * @throws {TlEncodeError} when a value does not fit its TL type
 */
export function encodeWith(write: (w: Writer) => void): Bytes {
  // On the prototype, as in a class: what an object has itself are its fields, which the path of a refusal names.
  return Writer.encode(Object.create({ write }) as { write: typeof write })
}
