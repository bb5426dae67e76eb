import { WireRefusal } from './value.js'

const LONG_STRING_MARK = 254

/** Bytes to be read once, front to back; what is not there is refused with the path of what was wanted. */
export class ByteSource {
  readonly bytes: Uint8Array
  readonly #view: DataView
  position = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get remaining(): number {
    return this.bytes.length - this.position
  }

  uint32(path: string): number {
    return this.#view.getUint32(this.take(4, path), true)
  }

  int32(path: string): number {
    return this.#view.getInt32(this.take(4, path), true)
  }

  int64(path: string): bigint {
    return this.#view.getBigInt64(this.take(8, path), true)
  }

  double(path: string): number {
    return this.#view.getFloat64(this.take(8, path), true)
  }

  raw(length: number, path: string): Uint8Array {
    const start = this.take(length, path)
    return this.bytes.subarray(start, start + length)
  }

  /** A length in one byte or in three behind the mark, the bytes, and padding to a multiple of four. */
  string(path: string): Uint8Array {
    const start = this.position
    const first = this.raw(1, path)[0]!
    if (first > LONG_STRING_MARK) throw new WireRefusal(path, 'a length of 255 means nothing', { offset: start })
    const long = first === LONG_STRING_MARK ? this.raw(3, path) : undefined
    const length = long === undefined ? first : long[0]! | (long[1]! << 8) | (long[2]! << 16)
    const value = this.raw(length, path)
    this.take((4 - ((this.position - start) % 4)) % 4, path)
    return value
  }

  /** A string that has to be UTF-8. */
  text(path: string): string {
    const offset = this.position
    const bytes = this.string(path)
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch (error) {
      throw new WireRefusal(path, 'the text is no UTF-8', { offset, cause: error })
    }
  }

  /** Moves on by `length` and returns where that began. */
  take(length: number, path: string): number {
    const start = this.position
    if (length > this.remaining) {
      throw new WireRefusal(path, `${length} bytes are needed, ${this.remaining} are left`, { offset: start })
    }
    this.position += length
    return start
  }
}
