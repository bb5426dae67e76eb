import type { Bytes } from '../bytes/bytes.js'
import { asBytes } from '../bytes/bytes.js'
import { LocalError } from '../errors/errors.js'
import { describe } from '../errors/evidence.js'
import { decodeRefusal } from './decode-refusal.js'
import type { Refusal, Unfinished } from './decode-refusal.js'
import { BOOL_FALSE_ID, BOOL_TRUE_ID, formatId, VECTOR_ID } from './ids.js'
import { LOW, longs, words } from './long-words.js'
import { LONG_STRING_MARK, MAX_DEPTH, SHORT_STRING_MAX } from './limits.js'
import { TextSource } from './text.js'

/**
 * Reads TL. Every method checks before it reads or allocates, and refuses with path, offset and constructor id. A refused
 * reader is useless; nothing else remembers it.
 *
 * Strings may use the long form of the length where the short one would do, and their padding may hold anything: both
 * are read as what they mean, and written in the canonical form.
 */
export class Reader {
  readonly bytes: Uint8Array
  /** Offset behind the last byte that may be read. */
  readonly end: number
  /** Offset of the next byte, from the start of `bytes`. */
  position: number
  readonly #view: DataView
  readonly #text: TextSource
  readonly #unfinished: Unfinished[] = []
  #depth = 0
  #length = 0

  /** @throws {LocalError} `argument`, when `bytes` is no Uint8Array */
  constructor(bytes: Uint8Array, offset = 0, end: number = bytes?.length) {
    if (!(bytes instanceof Uint8Array) && !isForeign(bytes)) throw noBytes(bytes)
    this.bytes = bytes
    this.position = offset
    this.end = end
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#text = new TextSource(bytes, this.#view)
  }

  /** Bytes that are left. */
  get remaining(): number {
    return this.end - this.position
  }

  /** An unsigned 32-bit number: a `#`, a constructor id. */
  uint(): number {
    return this.#view.getUint32(this.#take(4), true)
  }

  /** A signed 32-bit number. */
  int(): number {
    return this.#view.getInt32(this.#take(4), true)
  }

  /** A signed 64-bit number. */
  bigint(): bigint {
    const start = this.#take(8)
    words[LOW] = this.#view.getInt32(start, true)
    words[1 - LOW] = this.#view.getInt32(start + 4, true)
    return longs[0]!
  }

  double(): number {
    return this.#view.getFloat64(this.#take(8), true)
  }

  /** A flag word; `field` is its name. */
  flags(field = 'flags'): number {
    if (this.remaining < 4) this.refuse({ ...this.#truncated(4), field })
    return this.#view.getInt32(this.#take(4), true)
  }

  bool(): boolean {
    const id = this.uint()
    if (id === BOOL_TRUE_ID) return true
    if (id !== BOOL_FALSE_ID) this.#refuseId(id, 'Bool')
    return false
  }

  string(): string {
    const start = this.#string()
    const text = this.#text.decode(start, start + this.#length)
    if (text === undefined) this.refuse({ offset: start, expected: 'UTF-8', got: 'bytes that are not' })
    return text
  }

  /** A copy of its own: it outlives the message, and changes to either leave the other alone. */
  byteString(): Bytes {
    const start = this.#string()
    return asBytes(new Uint8Array(this.bytes.subarray(start, start + this.#length)))
  }

  /** `length` bytes as they are, copied. */
  raw(length: number): Uint8Array {
    const start = this.#take(length)
    return new Uint8Array(this.bytes.subarray(start, start + length))
  }

  /** Checks the id of the only constructor that `type` has. */
  expect(id: number, type: string): void {
    const found = this.uint()
    if (found !== id) this.#refuseId(found, type)
  }

  /** Refuses an id that no constructor of `type` has. @throws {TlDecodeError} always */
  unknown(id: number, type: string): never {
    return this.#refuseId(id, type)
  }

  /** A vector's id, unless it is bare, and its count, of items that take at least `itemSize` bytes each. */
  count(itemSize: number, bare = false): number {
    if (!bare) {
      const id = this.uint()
      if (id !== VECTOR_ID) this.#refuseId(id, 'Vector')
    }
    const count = this.int()
    if (count < 0 || count * itemSize > this.remaining) {
      const expected = `at most ${Math.floor(this.remaining / itemSize)} items of ${itemSize} bytes or more`
      this.refuse({ offset: this.position - 4, expected, got: String(count) })
    }
    return count
  }

  /** Starts an object or array: what is not closed yet is the path of an error, and is at most 64 deep. */
  open<T extends Unfinished>(value: T): T {
    if (this.#depth === MAX_DEPTH) {
      this.refuse({ offset: this.position, expected: `at most ${MAX_DEPTH} levels`, got: 'more' })
    }
    this.#unfinished[this.#depth++] = value
    return value
  }

  close<T extends Unfinished>(value: T): T {
    this.#depth--
    return value
  }

  /** Refuses bytes behind the object. @throws {TlDecodeError} */
  finish(): void {
    if (this.remaining > 0) {
      this.refuse({ offset: this.position, expected: 'the end', got: `${this.remaining} more bytes` })
    }
  }

  /** @throws {TlDecodeError} always */
  refuse(refusal: Refusal): never {
    throw decodeRefusal(this.#unfinished.slice(0, this.#depth), refusal)
  }

  #refuseId(id: number, type: string): never {
    const expected = type === 'Bool' || type === 'Vector' ? type : `a constructor of ${type}`
    this.refuse({ offset: this.position - 4, expected, got: formatId(id), constructorId: id })
  }

  #take(length: number): number {
    const start = this.position
    if (start + length > this.end) this.refuse(this.#truncated(length))
    this.position = start + length
    return start
  }

  #truncated(length: number): Refusal {
    return { offset: this.position, expected: `${length} bytes`, got: `${this.remaining} until the end` }
  }

  /** Where a string's bytes start; `#length` is how many there are, and the position moves behind the padding. */
  #string(): number {
    const offset = this.#take(4)
    const first = this.bytes[offset]!
    let start = offset + 1
    let length = first
    if (first > SHORT_STRING_MAX) {
      if (first !== LONG_STRING_MARK) this.refuse({ offset, expected: 'the length of a string', got: 'the byte 0xff' })
      start = offset + 4
      length = this.#view.getUint32(offset, true) >>> 8
    }
    const end = start + length
    const next = end + ((offset - end) & 3)
    if (next > this.end) {
      this.refuse({ offset, expected: `a string of ${length} bytes and its padding`, got: `${this.end - start} until the end` })
    }
    this.#length = length
    this.position = next
    return start
  }
}

/** A Uint8Array of another realm, as test environments with globals of their own have them. */
function isForeign(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Uint8Array]'
}

function noBytes(value: unknown): LocalError {
  const expected = 'a Uint8Array'
  const got = describe(value)
  const advice = typeof value === 'string' ? "Buffer.from(text, 'hex') makes bytes of hex" : ''
  const message = `only bytes can be read: expected ${expected}, got ${got}${advice && `; ${advice}`}`
  return new LocalError('argument', message, { path: 'bytes', expected, got, ...(advice && { advice }) })
}
