import { markDisposable } from '../bytes/disposable.js'
import type { Bytes } from '../bytes/bytes.js'
import { LONG_MESSAGE, Writer } from './writer.js'
import type { Writable } from './writer.js'

/**
 * An object in TL, with its constructor id, for one use. The memory of a long message may be disposed of after that, if
 * it holds nothing else: short messages may lie in front of it.
 * @throws {TlEncodeError} when a field does not fit its TL type
 */
export function encodeOnce(object: Writable): Bytes {
  const bytes = Writer.encode(object)
  if (bytes.length >= 4 * LONG_MESSAGE && bytes.byteOffset === 0) markDisposable(bytes)
  return bytes
}
