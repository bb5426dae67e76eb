import { viewBytes } from '../bytes/bytes.js'
import type { Bytes } from '../bytes/bytes.js'
import { describe } from '../errors/evidence.js'
import { formatPath, refusal, tlName } from './encode-refusal.js'
import type { PathStep } from './encode-refusal.js'
import { VECTOR_ID } from './ids.js'
import { LONG_STRING_MARK, MAX_DEPTH, SHORT_STRING_MAX, STRING_LIMIT } from './limits.js'

/** Memory that small messages share: each takes a piece of its own, no byte is handed out twice. */
const POOL_SIZE = 16_384
/** A writer starts a new pool when less than this is left, so that most messages never grow. */
const POOL_MINIMUM = 1_024
/** What a message that outgrows its memory gets beyond what it asks for. */
const SLACK = 256
const TOO_LONG = `less than ${STRING_LIMIT} bytes`
/** Up to this length a loop over the characters beats a call into the platform's encoder. */
const SHORT_TEXT = 48
/** What `!X` expects, in place of a type's name. */
export const METHOD_CALL = 'a method call'
const LONE_SURROGATE = /\p{Surrogate}/u
/** Peers that `invoke` makes from names, ids and entities. */
const RESOLVED_TYPES = /^Input(?:Peer|User|Channel)$/

const NOTHING = new Uint8Array(0)

/** The pool, while no writer has it. */
let pool: Pool | undefined
/** A writer that `encode` may use again; it is never seen outside. */
let idle: Writer | undefined

interface Pool {
  readonly view: DataView
  readonly bytes: Uint8Array
  start: number
}

const utf8 = new TextEncoder()

/** Anything that writes itself: an id, then its fields. */
export abstract class Writable {
  /** Writes the object with its constructor id. @throws {TlEncodeError} when a field does not fit its TL type. */
  abstract write(w: Writer): void
}

/**
 * Writes TL. Every method checks its value and refuses what does not fit with the value's TL path: the last argument is
 * the field's name, or its index in a vector, and `boxed` remembers the way down. After a refusal the writer is useless;
 * nothing else remembers it. What many programs do without is in functions beside the class (`write-long.ts`,
 * `write-vector.ts` and so on), so that a bundle pays for what it uses.
 */
export class Writer {
  #pool: Pool | undefined
  #view!: DataView
  #bytes!: Uint8Array
  #start!: number
  #position!: number
  #root: object | undefined
  readonly #trail: PathStep[] = []
  #depth = 0
  /** The boxed type that the next constructor has to belong to; `''` when anything goes. */
  #expected = ''

  /** `root` is the object whose name error paths start with. */
  constructor(root?: object) {
    this.#open(root)
  }

  /** An object in TL, with its constructor id. @throws {TlEncodeError} when a field does not fit its TL type */
  static encode(object: Writable): Bytes {
    let writer = idle
    if (writer === undefined) writer = new Writer(object)
    else writer.#open(object)
    idle = undefined // an object that writes another in between gets a writer of its own, and so does the next after an error
    object.write(writer)
    const bytes = writer.finish()
    idle = writer
    return bytes
  }

  #open(root: object | undefined): void {
    if (pool === undefined || pool.bytes.length - pool.start < POOL_MINIMUM) {
      const bytes = new Uint8Array(POOL_SIZE)
      pool = { view: new DataView(bytes.buffer), bytes, start: 0 }
    }
    this.#pool = pool
    this.#view = pool.view
    this.#bytes = pool.bytes
    this.#start = this.#position = pool.start
    this.#root = root
    pool = undefined
  }

  /** Everything that was written. What is written afterwards is a new message. */
  finish(): Bytes {
    const bytes = viewBytes(this.#bytes.buffer, this.#start, this.#position - this.#start)
    pool = this.#pool
    // Memory that was outgrown is the message's own: the pool goes on where this message began.
    if (pool !== undefined && this.#bytes === pool.bytes) pool.start = this.#position
    this.#pool = this.#root = undefined
    this.#bytes = NOTHING
    this.#start = this.#position = 0
    return bytes
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

  /** The bit of a `true` field: `mask` when it is set, 0 when it is not. */
  flag(value: unknown, mask: number, field: string): number {
    return this.isSet(value, field) === true ? mask : 0
  }

  /** A `true` field as a field that is there or not: `true` or `undefined`. */
  isSet(value: unknown, field: string): true | undefined {
    if (value === true) return true
    if (value !== false && value != null) this.refuse(field, 'true, false or undefined', value)
    return undefined
  }

  /** The bit that two fields share: both are there, or neither. */
  tied(mask: number, first: unknown, firstField: string, second: unknown, secondField: string): number {
    const present = first != null
    if (present === (second != null)) return present ? mask : 0
    const [given, missing] = present ? [firstField, secondField] : [secondField, firstField]
    const expected = `${firstField} and ${secondField} together, for they share one flag bit`
    throw refusal(this.pathOf(missing), expected, `${given} alone`)
  }

  /** A signed 32-bit number. */
  int(value: unknown, field: PathStep): void {
    if (typeof value !== 'number' || (value | 0) !== value) {
      this.refuse(field, 'an int, -2^31 to 2^31-1', value)
    }
    this.#uint32(value)
  }

  /** An unsigned 32-bit number, the `#` of TL. */
  uint(value: unknown, field: PathStep): void {
    if (typeof value !== 'number' || value >>> 0 !== value) {
      this.refuse(field, 'a #, 0 to 2^32-1', value)
    }
    this.#uint32(value)
  }

  string(value: unknown, field: PathStep): void {
    if (typeof value !== 'string') this.refuse(field, 'a string', value)
    const length = value.length
    if (length > SHORT_TEXT) return this.#text(value, field)
    this.#reserve(length + 4)
    const bytes = this.#bytes
    const start = this.#position + 1
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i)
      if (code > 0x7f) return this.#text(value, field)
      bytes[start + i] = code
    }
    bytes[start - 1] = length
    this.#pad(start + length)
  }

  bytes(value: unknown, field: PathStep): void {
    if (!(value instanceof Uint8Array)) this.refuse(field, 'a Uint8Array', value)
    const { length } = value
    if (length >= STRING_LIMIT) this.refuse(field, TOO_LONG, value)
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
  boxed(value: unknown, type: string, field: PathStep): void {
    if (!(value instanceof Writable)) {
      this.refuse(field, type, value, RESOLVED_TYPES.test(type) ? ADVICE : undefined)
    }
    this.enter(field)
    this.#expected = type
    value.write(this)
    this.leave()
  }

  /** Starts a vector: the id, unless it is bare, and the count. Its items follow, each with its index; then `leave`. */
  items(value: unknown, field: PathStep, bare = false): readonly unknown[] {
    if (!Array.isArray(value)) this.refuse(field, 'an array', value)
    if (!bare) this.#uint32(VECTOR_ID)
    this.#uint32(value.length)
    this.enter(field)
    return value
  }

  /** Steps down into a field, for error paths and against endless depth. */
  enter(field: PathStep): void {
    if (this.#depth === MAX_DEPTH) {
      throw refusal(this.pathOf(field), `at most ${MAX_DEPTH} levels, and nothing inside itself`, 'more')
    }
    this.#trail[this.#depth++] = field
  }

  leave(): void {
    this.#depth--
  }

  /** Refuses the value of `field`. @throws {TlEncodeError} always */
  refuse(field: PathStep, expected: string, value: unknown, advice?: string): never {
    throw refusal(this.pathOf(field), expected, describe(value), value == null ? 'it is missing' : advice)
  }

  /** Where `field` is: `messages.sendMessage.reply_to.story_id`. */
  pathOf(field?: PathStep): string {
    const steps = this.#trail.slice(0, this.#depth)
    if (field !== undefined) steps.push(field)
    const { className } = (this.#root ?? {}) as { className?: string }
    return formatPath(className === undefined ? '' : tlName(className), steps)
  }

  #refuseType(type: string): never {
    const expected = this.#expected
    throw refusal(this.pathOf(), expected, `an object of ${type}`, RESOLVED_TYPES.test(expected) ? ADVICE : undefined)
  }

  /** Text that is long, or not ASCII: measured by encoding it. */
  #text(value: string, field: PathStep): void {
    if (value.length >= STRING_LIMIT) this.refuse(field, TOO_LONG, value)
    if (LONE_SURROGATE.test(value)) this.refuse(field, 'a string without lone surrogates', value)
    this.#reserve(value.length * 3 + 8)
    const at = this.#position
    const { written: length } = utf8.encodeInto(value, this.#bytes.subarray(at + 4))
    if (length >= STRING_LIMIT) this.refuse(field, TOO_LONG, value)
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
    const used = this.#position - this.#start
    const bytes = new Uint8Array(Math.max(used + length + SLACK, 2 * used))
    bytes.set(this.#bytes.subarray(this.#start, this.#position))
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer)
    this.#start = 0
    this.#position = used
  }
}

const ADVICE = 'client.invoke resolves names, ids and entities, getBytes() cannot'
