import { markDisposable } from '../bytes/disposable.js'
import { pooled } from '../bytes/pooled.js'

/** More than any frame puts before a payload, and a multiple of the length of a cipher's words. */
const HEAD_ROOM = 16
/** More than any frame puts behind it: padding, a checksum. */
const TAIL_ROOM = 16

/** A shorter payload is copied into its frame in less time than it takes to remember its memory. */
const LEAST_BYTES = 4096

/** Memory whose room has not been used yet. */
const roomy = new WeakSet<ArrayBufferLike>()

/** Zeros for a payload, where it is long in memory with room for a frame: {@link frameAround} then copies nothing. */
export function payloadWithRoom(length: number): Uint8Array {
  if (length < LEAST_BYTES) return pooled(length)
  const memory = new Uint8Array(HEAD_ROOM + length + TAIL_ROOM)
  roomy.add(memory.buffer)
  return memory.subarray(HEAD_ROOM, HEAD_ROOM + length)
}

/**
 * `payload` between `head` and `tail` bytes for the framing to write: in its place, where there is room, or copied. The
 * memory is of no use once the frame has been sent.
 */
export function frameAround(payload: Uint8Array, head: number, tail: number): Uint8Array {
  const { buffer, byteOffset, length } = payload
  if (head <= HEAD_ROOM && tail <= TAIL_ROOM && byteOffset === HEAD_ROOM && roomy.delete(buffer)) {
    const frame = new Uint8Array(buffer, byteOffset - head, head + length + tail)
    markDisposable(frame)
    return frame
  }
  const frame = pooled(head + length + tail)
  frame.set(payload, head)
  return frame
}
