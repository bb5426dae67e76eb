import { viewBytes } from '../bytes/bytes.js'
import type { Bytes } from '../bytes/bytes.js'
import { markDisposable } from '../bytes/disposable.js'
import { Misfit, refuse } from './encode-refusal.js'
import { VECTOR_ID } from './ids.js'
import { LONG_STRING_MARK, MAX_DEPTH, SHORT_STRING_MAX, STRING_LIMIT } from './limits.js'
import { locate } from './locate.js'

/** Memory that messages share: each takes a piece of its own, no byte is handed out twice. */
const POOL_SIZE = 16_384
/** A pool holds this many of the messages that are being written at the time. */
const POOL_MESSAGES = 4
/** A writer starts a new pool when less room than this is left, or less than the last message took: few messages grow. */
const LEAST_ROOM = 1_024
/** Longer messages get memory of their own. */
const MOST_ROOM = 16_384
/** Room for as much again is left behind a field, but not behind one as long as this: little follows a part of a file. */
const LONG_FIELD = 65_536
const TOO_LONG = `less than ${STRING_LIMIT} bytes`
/** Up to this length a loop over the characters beats a call into the platform's encoder. */
const SHORT_TEXT = 48
/** What `!X` expects, in place of a type's name. */
export const METHOD_CALL = 'a method call'
const LONE_SURROGATE = /\p{Surrogate}/u


/** The pool, while no writer has it. */
let pool: Pool | undefined
/** How much room a message is given at first. */
let room = LEAST_ROOM
/** A writer that `encode` may use again; it is never seen outside. */
let idle: Writer | undefined

interface Pool {
  readonly view: DataView
  readonly bytes: Uint8Array
  start: number
}

function newPool(size: number): Pool {
  const bytes = new Uint8Array(size)
  return { view: new DataView(bytes.buffer), bytes, start: 0 }
}

const EMPTY = newPool(0)
const utf8 = new TextEncoder()

/** Anything that writes itself: an id, then its fields. */
export abstract class Writable {
  /** Writes the object with its constructor id. @throws {TlEncodeError} when a field does not fit its TL type. */
  abstract write(w: Writer): void
}

/**
 * Writes TL. Every method checks its value and refuses what does not fit; `encode` adds the TL path of the value, so that
 * what fits pays nothing for it. After a refusal the writer is useless; nothing else remembers it. What many programs do
 * without is in functions beside the class (`write-long.ts`, `write-vector.ts` and so on), so that a bundle pays for what
 * it uses.
 */
export class Writer {
  #pool!: Pool
  #view!: DataView
  #bytes!: Uint8Array
  #start!: number
  #position!: number
  #depth = 0
  /** The boxed type that the next constructor has to belong to; `''` when anything goes. */
  #expected = ''

  constructor() {
    this.#open()
  }

  /** An object in TL, with its constructor id. @throws {TlEncodeError} when a field does not fit its TL type */
  static encode(object: Writable): Bytes {
    const writer = idle ?? new Writer()
    if (writer === idle) writer.#open()
    idle = undefined // an object that writes another in between gets a writer of its own, and so does the next after an error
    try {
      object.write(writer)
    } catch (error) {
      if (!(error instanceof Misfit)) throw error
      throw locate(error, object, (again) => again.write(new Writer()))
    }
    const bytes = writer.finish()
    idle = writer
    return bytes
  }

  #open(): void {
    const left = pool === undefined ? 0 : pool.bytes.length - pool.start
    this.#use(left < room ? newPool(Math.max(POOL_SIZE, POOL_MESSAGES * room)) : pool!)
    pool = undefined
  }

  #use(taken: Pool): void {
    this.#pool = taken
    this.#view = taken.view
    this.#bytes = taken.bytes
    this.#start = this.#position = taken.start
  }

  /** Everything that was written. What is written afterwards is a new message. */
  finish(): Bytes {
    const length = this.#position - this.#start
    const message = viewBytes(this.#bytes.buffer, this.#start, length)
    room = Math.min(Math.max(LEAST_ROOM, length), MOST_ROOM)
    // A long message keeps its memory to itself: what is left of that would keep all of it alive.
    if (length < MOST_ROOM) pool = this.#pool
    else if (this.#start === 0) markDisposable(message)
    this.#pool.start = this.#position
    this.#use(EMPTY)
    return message
  }

  /**
   * Starts an object of the boxed type `type`: checks that one is wanted here, and writes the constructor id. An object
   * that is also a form of `formType` is written with `formId` where that type is wanted.
   */
  begin(id: number, type: string, formType?: string, formId: number = id): void {
    const expected = this.#expected
    if (expected !== '' && expected !== type) {
      if (expected !== formType) this.#refuseType(type)
      id = formId
    }
    this.#expected = ''
    this.#uint32(id)
  }

  /** Starts a method call. */
  beginRequest(id: number): void {
    this.begin(id, METHOD_CALL)
  }

  /** Writes a whole flag word. */
  flags(word: number): void {
    this.#uint32(word)
  }

  /** A signed 32-bit number. */
  int(value: unknown): void {
    if (typeof value !== 'number' || (value | 0) !== value) refuse('an int, -2^31 to 2^31-1', value)
    this.#uint32(value)
  }

  /** An unsigned 32-bit number, the `#` of TL. */
  uint(value: unknown): void {
    if (typeof value !== 'number' || value >>> 0 !== value) refuse('a #, 0 to 2^32-1', value)
    this.#uint32(value)
  }

  string(value: unknown): void {
    if (typeof value !== 'string') refuse('a string', value)
    const length = value.length
    if (length > SHORT_TEXT) return this.#text(value)
    this.#reserve(length + 4)
    const bytes = this.#bytes
    const start = this.#position + 1
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i)
      if (code > 0x7f) return this.#text(value)
      bytes[start + i] = code
    }
    bytes[start - 1] = length
    this.#pad(start + length)
  }

  bytes(value: unknown): void {
    if (!(value instanceof Uint8Array)) refuse('a Uint8Array', value)
    const { length } = value
    if (length >= STRING_LIMIT) refuse(TOO_LONG, value)
    this.#reserve(length + 8)
    const start = this.#position + this.#lengthPrefix(this.#position, length)
    this.#bytes.set(value, start)
    this.#pad(start + length)
  }

  /** 64 bits of a number, whatever they mean. */
  int64(value: bigint): void {
    this.#reserve(8)
    this.#view.setBigInt64(this.#position, value, true)
    this.#position += 8
  }

  /** Bytes as they are, without a length: an object that is encoded already, or a fixed-size number. */
  raw(value: Uint8Array): void {
    this.#reserve(value.length)
    this.#bytes.set(value, this.#position)
    this.#position += value.length
  }

  /** An object of the boxed type `type`, with its constructor id. */
  boxed(value: unknown, type: string): void {
    if (!(value instanceof Writable)) refuse(type, value, adviceFor(type))
    this.enter()
    this.#expected = type
    value.write(this)
    this.leave()
  }

  /** Starts a vector: the id, unless it is bare, and the count. Its items follow; then `leave`. */
  items(value: unknown, bare = false): readonly unknown[] {
    if (!Array.isArray(value)) refuse('an array', value)
    if (!bare) this.#uint32(VECTOR_ID)
    this.#uint32(value.length)
    this.enter()
    return value
  }

  /** Steps down into an object or a vector, against endless depth. */
  enter(): void {
    if (this.#depth++ === MAX_DEPTH) throw new Misfit(`at most ${MAX_DEPTH} levels, and nothing inside itself`, 'more')
  }

  leave(): void {
    this.#depth--
  }

  #refuseType(type: string): never {
    const expected = this.#expected
    throw new Misfit(expected, `an object of ${type}`, adviceFor(expected))
  }

  /** Text that is long, or not ASCII: measured by encoding it. */
  #text(value: string): void {
    if (value.length >= STRING_LIMIT) refuse(TOO_LONG, value)
    if (LONE_SURROGATE.test(value)) refuse('a string without lone surrogates', value)
    this.#reserve(value.length * 3 + 8)
    const at = this.#position
    const { written: length } = utf8.encodeInto(value, this.#bytes.subarray(at + 4))
    if (length >= STRING_LIMIT) refuse(TOO_LONG, value)
    const prefix = this.#lengthPrefix(at, length)
    if (prefix === 1) this.#bytes.copyWithin(at + 1, at + 4, at + 4 + length)
    this.#pad(at + prefix + length)
  }

  /** Writes a string's length at `at` and returns how many bytes it took: 1 or 4. */
  #lengthPrefix(at: number, length: number): 1 | 4 {
    if (length <= SHORT_STRING_MAX) {
      this.#bytes[at] = length
      return 1
    }
    this.#view.setUint32(at, (length << 8) | LONG_STRING_MARK, true)
    return 4
  }

  /** Ends a string with zeros up to the next multiple of four. The memory may hold scraps of an attempt as ASCII. */
  #pad(end: number): void {
    while (((end - this.#start) & 3) !== 0) this.#bytes[end++] = 0
    this.#position = end
  }

  #uint32(value: number): void {
    this.#reserve(4)
    this.#view.setInt32(this.#position, value, true)
    this.#position += 4
  }

  #reserve(length: number): void {
    if (this.#position + length > this.#bytes.length) this.#grow(length)
  }

  #grow(length: number): void {
    const written = this.#bytes.subarray(this.#start, this.#position)
    const ahead = length < LONG_FIELD ? 2 * length : length + LEAST_ROOM
    this.#use(newPool(Math.max(POOL_SIZE, 2 * written.length + ahead)))
    this.raw(written)
  }
}

/** What to do about a value that is no peer, user or channel yet. */
function adviceFor(type: string): string | undefined {
  return /^Input(?:Peer|User|Channel)$/.test(type) ? 'client.invoke resolves names, ids and entities, getBytes() cannot' : undefined
}
