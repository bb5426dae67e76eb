import { platformBuffer } from '../bytes/bytes.js'
import type { Bytes } from '../bytes/bytes.js'
import { LocalError } from '../errors/errors.js'
import { isLittleEndian } from '../platform/endianness.node.js'
import { utf8 } from '../platform/utf8.node.js'
import { refusal, refuse } from './encode-refusal.js'
import { LONG_STRING_MARK, MAX_DEPTH, SHORT_STRING_MAX, STRING_LIMIT } from './limits.js'
import { locate } from './locate.js'

/** Memory that messages share, in words: room for more than most of them take spares writing them twice. */
const POOL_SIZE = 16_384
/** Messages as long as this share no memory with what follows, and a writer with less room is not used again. */
export const LONG_MESSAGE = 4_096

const TOO_LONG = `less than ${STRING_LIMIT} bytes`
/** Up to this length a loop over the characters beats a call into the platform's encoder. */
const SHORT_TEXT = 48
/** What `!X` expects, in place of a type's name. */
export const METHOD_CALL = 'a method call'

/** The writer whose memory still has room, while it has nothing to do. */
let spare: Writer | undefined

/** The UTF-16 code at an index, 0 behind the end. */
const codeAt = (text: string, index: number): number => (index < text.length ? text.charCodeAt(index) : 0)

/** With what ES2024 adds: Node has it since 20, browsers since 2023, the compiler's library of ES2022 not. */
type Text = string & { isWellFormed(): boolean }

/** Anything that writes itself: an id, then its fields. */
export abstract class Writable {
  /** Writes the object with its constructor id. @throws {TlEncodeError} when a field does not fit its TL type. */
  abstract write(w: Writer): void
}

/**
 * Writes TL. Every method checks its value and refuses what does not fit; `encode` adds the TL path of the value, so that
 * what fits pays nothing for it. What many programs do without is in functions beside the class (`write-long.ts`,
 * `write-vector.ts` and so on), so that a bundle pays for what it uses.
 *
 * TL consists of 32-bit words, and a writer counts in them. No method asks whether there is room: what is written behind
 * the end of the memory is lost, but counted, and `encode` starts anew with as much as it takes. The fields are private to
 * the compiler alone, since engines inline short functions only, and a `#field` is a longer piece of code to them.
 */
export class Writer {
  private readonly words: Int32Array
  /** The same memory, byte by byte. */
  private readonly octets: Uint8Array
  /** Where the message starts, and where its next word goes. */
  private start = 0
  private at = 0
  private depth = 0
  /** The boxed type that the next constructor has to belong to; `''` when anything goes. */
  private expected = ''

  /** @param size how many words there is room for: with 0, a writer checks and counts */
  constructor(size: number) {
    this.words = new Int32Array(size)
    this.octets = new Uint8Array(this.words.buffer)
  }

  /**
   * What an object writes: in TL, with its constructor id, for objects of the schema. Where there is too little room,
   * `write` is called once more. The writer is not for use after that.
   * @throws {TlEncodeError} when a field does not fit its TL type
   */
  static encode(object: { write(w: Writer): void }): Bytes {
    if (!isLittleEndian) throw new LocalError('state', 'TL is written on little-endian machines alone')
    let writer = spare ?? new Writer(POOL_SIZE)
    spare = undefined
    writer.at = writer.start
    try {
      object.write(writer)
      while (writer.at > writer.words.length) {
        writer = new Writer(writer.at - writer.start)
        object.write(writer)
      }
    } catch (error) {
      throw locate(error, object, new Writer(0))
    }
    const { start, at, words } = writer
    const size = at - start
    // What follows may lie behind it, in the same memory; no byte is handed out twice.
    writer.start = at
    // A long message keeps its memory to itself: what is left of that would keep all of it alive.
    if (size < LONG_MESSAGE && words.length - at >= LONG_MESSAGE) spare = writer
    return (platformBuffer?.from(words.buffer, 4 * start, 4 * size) ?? new Uint8Array(words.buffer, 4 * start, 4 * size)) as Bytes
  }

  /**
   * Starts an object of the boxed type `type`: checks that one is wanted here, and writes the constructor id. An object
   * that is also a form of `formType` is written with `formId` where that type is wanted.
   */
  begin(id: number, type: string, formType?: string, formId?: number): void {
    const { expected } = this
    if (expected && expected !== type) {
      if (expected !== formType) throw refusal(expected, `an object of ${type}`)
      id = formId ?? id
    }
    this.expected = ''
    this.words[this.at++] = id
  }

  /** Starts a method call. */
  beginRequest(id: number): void {
    this.begin(id, METHOD_CALL)
  }

  /** 32 bits of a flag word, or of any number, whatever they mean. */
  flags(word: number): void {
    this.words[this.at++] = word
  }

  /** A signed 32-bit number. */
  int(value: unknown): void {
    if (typeof value !== 'number' || (value | 0) !== value) refuse('an int, -2^31 to 2^31-1', value)
    this.words[this.at++] = value
  }

  /** Short ASCII goes four characters to a word, the length in front of them as if it were one more. */
  string(value: unknown): void {
    if (typeof value !== 'string') refuse('a string', value)
    const { length } = value
    if (length > SHORT_TEXT) return this.text(value)
    const { words } = this
    let at = this.at
    let codes = 0
    for (let i = -1; i < length; i += 4) {
      const a = i < 0 ? length : value.charCodeAt(i)
      const b = codeAt(value, i + 1)
      const c = codeAt(value, i + 2)
      const d = codeAt(value, i + 3)
      codes |= a | b | c | d
      words[at++] = a | (b << 8) | (c << 16) | (d << 24)
    }
    if (codes > 0x7ff) return this.text(value)
    if (codes > 0x7f) return this.letters(value)
    this.at = at
  }

  /** Zeros pad the last word: nothing was ever written behind a message. */
  bytes(value: unknown): void {
    if (!(value instanceof Uint8Array)) refuse('a Uint8Array', value)
    const { length } = value
    if (length >= STRING_LIMIT) refuse(TOO_LONG, value)
    const isShort = length <= SHORT_STRING_MAX
    this.words[this.at] = isShort ? length : (length << 8) | LONG_STRING_MARK
    this.put(value, isShort ? 1 : 4)
  }

  /** Copies bytes to `skip` bytes behind the end of what is written; the next word follows them. */
  put(value: Uint8Array, skip: number): void {
    const offset = 4 * this.at + skip
    this.at = (offset + value.length + 3) >> 2
    if (this.at <= this.words.length) this.octets.set(value, offset)
  }

  /** An object of the boxed type `type`, with its constructor id. */
  boxed(value: unknown, type: string): void {
    if (!(value instanceof Writable)) refuse(type, value)
    this.enter()
    this.expected = type
    value.write(this)
    this.leave()
  }

  /** Steps down into an object or a vector, against endless depth. */
  enter(): void {
    if (this.depth++ === MAX_DEPTH) throw refusal(`at most ${MAX_DEPTH} levels, and nothing inside itself`, 'more')
  }

  leave(): void {
    this.depth--
  }

  /** Short text of characters that take two bytes at most, as letters of Cyrillic, Greek or Hebrew do. */
  private letters(value: string): void {
    const { octets } = this
    const start = 4 * this.at
    let end = start
    for (let i = 0; i < value.length; i++) {
      let code = value.charCodeAt(i)
      if (code > 0x7f) {
        octets[++end] = 0xc0 | (code >> 6)
        code = 0x80 | (code & 0x3f)
      }
      octets[++end] = code
    }
    octets[start] = end - start
    this.at = (end + 4) >> 2
  }

  /** Text that is long, or has characters of three bytes or more. */
  private text(value: string): void {
    if (value.length >= STRING_LIMIT) refuse(TOO_LONG, value)
    if (!(value as Text).isWellFormed()) refuse('a string without lone surrogates', value)
    this.bytes(utf8(value))
  }
}
