import type { BigInteger } from 'big-integer'
import { readObject } from '../../../generated/api/registry.js'
import { asBytes, type Bytes } from '../../bytes/bytes.js'
import { LocalError } from '../../errors/errors.js'
import { describe } from '../../errors/evidence.js'
import { BOOL_FALSE_ID, BOOL_TRUE_ID, VECTOR_ID } from '../../tl/ids.js'
import { Reader } from '../../tl/reader.js'
import { readBigIntFromBuffer } from './helpers.js'

/**
 * Reads TL under the names of GramJS's class; `Api.X.fromReader` and `readResult` take it as they take a `Reader`.
 * Every method checks before it reads. @throws {TlDecodeError} when the bytes do not fit
 */
export class BinaryReader extends Reader {
  /** Offset of the next byte. */
  get offset(): number {
    return this.position
  }

  set offset(offset: number) {
    this.setPosition(offset)
  }

  readByte(): number {
    return this.raw(1)[0]!
  }

  /** 32 bits. */
  readInt(signed: boolean = true): number {
    return signed ? this.int() : this.uint()
  }

  /** 64 bits. */
  readLong(signed: boolean = true): BigInteger {
    return this.readLargeInt(64, signed)
  }

  readFloat(): number {
    const { buffer, byteOffset } = this.raw(4)
    return new DataView(buffer, byteOffset).getFloat32(0, true)
  }

  readDouble(): number {
    return this.double()
  }

  /** @param bits a multiple of 8, such as 128 */
  readLargeInt(bits: number, signed: boolean = true): BigInteger {
    return readBigIntFromBuffer(this.raw(Math.floor(bits / 8)), true, signed)
  }

  /**
   * The next bytes, copied: all that are left where no length is given.
   * @param checkLength whether fewer than `length` are refused
   */
  read(length: number = -1, checkLength: boolean = true): Bytes {
    const wanted = length === -1 ? this.remaining : length
    return asBytes(this.raw(checkLength ? wanted : Math.min(wanted, this.remaining)))
  }

  /** All bytes, those that were read included. */
  getBuffer(): Bytes {
    return asBytes(this.bytes)
  }

  tgReadBytes(): Bytes {
    return this.byteString()
  }

  tgReadString(): string {
    return this.string()
  }

  tgReadBool(): boolean {
    return this.bool()
  }

  /** A moment in whole seconds. */
  tgReadDate(): Date {
    return new Date(this.int() * 1000)
  }

  /** An object of any type of the API, a `Bool` or a vector of such. */
  tgReadObject(): unknown {
    const id = this.uint()
    this.position -= 4
    if (id === VECTOR_ID) return this.tgReadVector()
    return id === BOOL_TRUE_ID || id === BOOL_FALSE_ID ? this.bool() : readObject(this)
  }

  /** A vector of what `tgReadObject` reads. */
  tgReadVector(): unknown[] {
    const count = this.count(4)
    const items: unknown[] = this.open([])
    for (let i = 0; i < count; i++) items.push(this.tgReadObject())
    return this.close(items)
  }

  tellPosition(): number {
    return this.position
  }

  /** @throws {LocalError} `argument`, for an offset outside the bytes */
  setPosition(position: number): void {
    if (!Number.isInteger(position) || position < 0 || position > this.end) {
      const expected = `an offset from 0 to ${this.end}`
      const got = describe(position)
      throw new LocalError('argument', `expected ${expected}, got ${got}`, { path: 'position', expected, got })
    }
    this.position = position
  }

  /** Moves on, or back where the number is negative. */
  seek(offset: number): void {
    this.setPosition(this.position + offset)
  }
}
