import { platformBuffer } from '../bytes/bytes.js'
import type { Bytes } from '../bytes/bytes.js'
import { refusal, refuse, type Misfit } from './encode-refusal.js'
import { LONG_STRING_MARK, MAX_DEPTH, SHORT_STRING_MAX, STRING_LIMIT } from './limits.js'
import { locate } from './locate.js'

/** Memory that messages share: each takes a piece of its own, no byte is handed out twice. */
const POOL_SIZE = 16_384
/** A pool holds this many of the messages that are being written at the time. */
const POOL_MESSAGES = 4
/** A writer starts a new pool when less room than this is left, or less than the last message took: few messages grow. */
const LEAST_ROOM = 1_024
/** Messages as long as this share no memory with what follows. */
export const MOST_ROOM = 16_384
/** Room for as much again is left behind a field, but not behind one as long as this: little follows a part of a file. */
const LONG_FIELD = 65_536
const TOO_LONG = `less than ${STRING_LIMIT} bytes`
/** Up to this length a loop over the characters beats a call into the platform's encoder. */
const SHORT_TEXT = 48
/** What `!X` expects, in place of a type's name. */
export const METHOD_CALL = 'a method call'

/** The pool, while no writer has it. */
let pool: Pool | undefined
/** How much room a message is given at first. */
let room = LEAST_ROOM

interface Pool {
  readonly view: DataView
  readonly bytes: Uint8Array
  start: number
}

function newPool(least: number): Pool {
  const bytes = new Uint8Array(Math.max(POOL_SIZE, least))
  return { view: new DataView(bytes.buffer), bytes, start: 0 }
}

const encoder = new TextEncoder()

/** With what ES2024 adds: Node has it since 20, browsers since 2023, the compiler's library of ES2022 not. */
type Text = string & { isWellFormed(): boolean }

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
    this.#use(pool && pool.bytes.length - pool.start >= room ? pool : newPool(POOL_MESSAGES * room))
    pool = undefined
  }

  /** An object in TL, with its constructor id. @throws {TlEncodeError} when a field does not fit its TL type */
  static encode(object: Writable): Bytes {
    const writer = new Writer()
    try {
      object.write(writer)
    } catch (error) {
      // Somebody's own error may come from here as well, or a refusal that says where it is already.
      const misfit = error as Misfit | undefined
      if (misfit?.advice === undefined || misfit.path !== undefined) throw error
      throw locate(misfit, object, new Writer())
    }
    return writer.finish()
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
    const { buffer } = this.#bytes
    const message = platformBuffer?.from(buffer, this.#start, length) ?? new Uint8Array(buffer, this.#start, length)
    room = Math.min(Math.max(LEAST_ROOM, length), MOST_ROOM)
    // A long message keeps its memory to itself: what is left of that would keep all of it alive.
    if (length < MOST_ROOM) pool = this.#pool
    this.#pool.start = this.#position
    this.#start = this.#position = this.#bytes.length // nothing is left here for what is written afterwards
    return message as Bytes
  }

  /**
   * Starts an object of the boxed type `type`: checks that one is wanted here, and writes the constructor id. An object
   * that is also a form of `formType` is written with `formId` where that type is wanted.
   */
  begin(id: number, type: string, formType?: string, formId: number = id): void {
    const expected = this.#expected
    if (expected && expected !== type) {
      if (expected !== formType) throw refusal(expected, `an object of ${type}`)
      id = formId
    }
    this.#expected = ''
    this.#uint32(id)
  }

  /** Starts a method call. */
  beginRequest(id: number): void {
    this.begin(id, METHOD_CALL)
  }

  /** 32 bits of a flag word, or of any number, whatever they mean. */
  flags(word: number): void {
    this.#uint32(word)
  }

  /** A signed 32-bit number. */
  int(value: unknown): void {
    if (typeof value !== 'number' || (value | 0) !== value) refuse('an int, -2^31 to 2^31-1', value)
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
    if (length <= SHORT_STRING_MAX) this.#bytes[this.#position++] = length
    else this.#uint32((length << 8) | LONG_STRING_MARK)
    this.raw(value)
    this.#pad(this.#position)
  }

  /** Bytes as they are, without a length: an object that is encoded already, or a fixed-size number. */
  raw(value: Uint8Array): void {
    this.#reserve(value.length)
    this.#bytes.set(value, this.#position)
    this.#position += value.length
  }

  /** An object of the boxed type `type`, with its constructor id. */
  boxed(value: unknown, type: string): void {
    if (!(value instanceof Writable)) refuse(type, value)
    this.enter()
    this.#expected = type
    value.write(this)
    this.leave()
  }

  /** Steps down into an object or a vector, against endless depth. */
  enter(): void {
    if (this.#depth++ === MAX_DEPTH) throw refusal(`at most ${MAX_DEPTH} levels, and nothing inside itself`, 'more')
  }

  leave(): void {
    this.#depth--
  }

  /** Text that is long, or not ASCII: encoded behind the most that its length takes, and moved up to that. */
  #text(value: string): void {
    if (value.length >= STRING_LIMIT) refuse(TOO_LONG, value)
    if (!(value as Text).isWellFormed()) refuse('a string without lone surrogates', value)
    this.#reserve(value.length * 3 + 8)
    const free = this.#bytes.subarray(this.#position + 4)
    this.bytes(free.subarray(0, encoder.encodeInto(value, free).written))
  }

  /** Ends a string with zeros up to the next multiple of four. The memory may hold scraps of an attempt as ASCII. */
  #pad(end: number): void {
    while ((end - this.#start) & 3) this.#bytes[end++] = 0
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
    const ahead = length < LONG_FIELD ? length : LEAST_ROOM
    this.#use(newPool(2 * written.length + length + ahead))
    this.raw(written)
  }
}
