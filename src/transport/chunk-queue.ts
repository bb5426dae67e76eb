import { dispose } from '../bytes/dispose.node.js'
import { MAX_PADDING } from './limits.js'

/** Chunks at least this long are kept as they are; shorter ones are gathered, since each array costs about 100 bytes. */
const KEEP_FROM = 2048
const FIRST_BLOCK = 4096
const LARGEST_BLOCK = 1024 * 1024

const NOTHING = new Uint8Array(0)

/** Memory of pieces that were put together from several chunks. */
const gathered = new WeakSet<ArrayBufferLike>()

/** Whether `bytes` are a copy that a queue has made, but for padding behind them: nobody else has a view of its memory. */
export function isGathered({ buffer, byteOffset, length }: Uint8Array): boolean {
  return gathered.has(buffer) && byteOffset === 0 && buffer.byteLength - length <= MAX_PADDING
}

/**
 * A queue of bytes that arrive in chunks of any size and leave in pieces of any size. Every byte is copied at most
 * twice, whatever the sizes; a piece that lies in one chunk is a view of it and is not copied at all.
 */
export class ChunkQueue {
  #chunks: Uint8Array[] = []
  #first = 0 // chunks before this index have been taken
  #offset = 0 // bytes of the first chunk that have been taken
  #length = 0
  /** The last chunk grows in this block of our own while short chunks arrive. */
  #block: Uint8Array = NOTHING
  #blockUsed = 0

  /** The number of bytes that wait. */
  get length(): number {
    return this.#length
  }

  /**
   * Appends `data`; long chunks are kept by reference and must not be changed afterwards. What comes out is always a
   * plain `Uint8Array`: the `slice` of a Node `Buffer` would be a view, and nobody downstream has to know that.
   */
  push(data: Uint8Array): void {
    if (data.length === 0) return
    const chunk = data.constructor === Uint8Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.length)
    const alone = this.#length === 0
    this.#length += chunk.length
    if (alone || chunk.length >= KEEP_FROM) {
      this.#block = NOTHING
      this.#chunks.push(chunk)
    } else {
      this.#gather(chunk)
    }
  }

  /** The byte at `index` without taking it; `index` is small (a length prefix). */
  at(index: number): number {
    let rest = index + this.#offset
    for (let i = this.#first; i < this.#chunks.length; i++) {
      const chunk = this.#chunks[i]!
      if (rest < chunk.length) return chunk[rest]!
      rest -= chunk.length
    }
    throw new RangeError(`byte ${index} of ${this.#length}`)
  }

  /** The unsigned little-endian number in the 4 bytes at `index`, without taking them. */
  uint32At(index: number): number {
    return (this.at(index) | (this.at(index + 1) << 8) | (this.at(index + 2) << 16) | (this.at(index + 3) << 24)) >>> 0
  }

  /** Drops `count` bytes. */
  skip(count: number): void {
    if (count > this.#length) throw new RangeError(`${count} bytes of ${this.#length}`)
    this.#length -= count
    let rest = count + this.#offset
    while (this.#first < this.#chunks.length && rest >= this.#chunks[this.#first]!.length) {
      rest -= this.#chunks[this.#first]!.length
      this.#chunks[this.#first++] = NOTHING
    }
    this.#offset = rest
    if (this.#length === 0) this.clear()
    else if (this.#first > 64 && this.#first * 2 > this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#first)
      this.#first = 0
    }
  }

  /**
   * Takes `count` bytes: a view when they lie in one chunk, a copy otherwise. A chunk that is disposable and has been
   * copied as a whole is disposed of.
   */
  take(count: number): Uint8Array {
    if (count > this.#length) throw new RangeError(`${count} bytes of ${this.#length}`)
    if (count === 0) return NOTHING
    const head = this.#chunks[this.#first]!
    if (this.#offset + count > head.length) return this.#copy(count)
    const view = head.subarray(this.#offset, this.#offset + count)
    this.skip(count)
    return view
  }

  clear(): void {
    this.#chunks = []
    this.#first = this.#offset = this.#length = this.#blockUsed = 0
    this.#block = NOTHING
  }

  #copy(count: number): Uint8Array {
    const copy = new Uint8Array(count)
    gathered.add(copy.buffer)
    const whole: Uint8Array[] = []
    let filled = 0
    let start = this.#offset
    for (let i = this.#first; filled < count; i++) {
      const chunk = this.#chunks[i]!
      const piece = chunk.subarray(start, start + count - filled)
      copy.set(piece, filled)
      filled += piece.length
      start = 0
      if (piece.length === chunk.buffer.byteLength) whole.push(chunk)
    }
    this.skip(count)
    whole.forEach(dispose)
    return copy
  }

  /** Copies a short chunk behind the last one, in a block that grows with what waits. */
  #gather(chunk: Uint8Array): void {
    if (this.#blockUsed + chunk.length > this.#block.length) {
      const size = Math.max(FIRST_BLOCK, Math.min(LARGEST_BLOCK, this.#length))
      this.#block = new Uint8Array(size)
      this.#blockUsed = 0
      this.#chunks.push(NOTHING)
    }
    this.#block.set(chunk, this.#blockUsed)
    this.#blockUsed += chunk.length
    this.#chunks[this.#chunks.length - 1] = this.#block.subarray(0, this.#blockUsed)
  }
}
