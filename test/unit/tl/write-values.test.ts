import bigInt from 'big-integer'
import { describe, expect, it } from 'vitest'
import { TlEncodeError } from '../../../src/errors/codec.js'
import { writeBare } from '../../../src/tl/write-bare.js'
import { writeLong } from '../../../src/tl/write-long.js'
import { writeBool, writeBytes, writeDouble, writeInt, writeString, writeUint } from '../../../src/tl/write-primitives.js'
import { writeQuery } from '../../../src/tl/write-query.js'
import { writeBareVector, writeObjects, writeVector } from '../../../src/tl/write-vector.js'
import { writeInt128, writeInt256 } from '../../../src/tl/write-wide.js'
import type { Writer } from '../../../src/tl/writer.js'
import { ByHand, thrownBy, written } from './written.js'

const refusal = (write: (w: Writer) => void): string => thrownBy(TlEncodeError, () => written(write)).message

describe('a long', () => {
  it('is 64 bits in two\'s complement, the lowest byte first', () => {
    const of = (value: unknown): string => written((w) => writeLong(w, value))
    expect(of(1n)).toBe('0100000000000000')
    expect(of(-1)).toBe('ffffffffffffffff')
    expect(of('9223372036854775807')).toBe('ffffffffffffff7f')
    expect(of(bigInt('-9223372036854775808'))).toBe('0000000000000080')
  })

  it.each([
    [2n ** 63n, '9223372036854775808n'],
    [-(2n ** 63n) - 1n, '-9223372036854775809n'],
    [1.5, '1.5'],
    ['x', '"x"'],
  ])('of %s is refused', (value, got) => {
    expect(refusal((w) => writeLong(w, value))).toBe(
      `expected a long, -2^63 to 2^63-1, as bigint, safe integer, decimal string or big-integer, got ${got}`,
    )
  })
})

describe('int128 and int256', () => {
  it('are bytes as they are, of the right number', () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, i) => i)
    expect(written((w) => writeInt256(w, bytes))).toBe(Buffer.from(bytes).toString('hex'))
    expect(written((w) => writeInt128(w, bytes.subarray(16)))).toBe('101112131415161718191a1b1c1d1e1f')
    const tooLong = refusal((w) => writeInt128(w, bytes))
    expect(tooLong).toBe('expected an int128 (16 bytes, or an integer from -2^127 to 2^127-1), got 32 bytes')
    const tooShort = refusal((w) => writeInt256(w, bytes.subarray(1)))
    expect(tooShort).toBe('expected an int256 (32 bytes, or an integer from -2^255 to 2^255-1), got 31 bytes')
    expect(refusal((w) => writeInt128(w, '0123456789abcdef'))).toContain('got "0123456789abcdef"')
    expect(refusal((w) => writeInt128(w, Array.from({ length: 16 }, () => 0)))).toContain('got an array of 16')
  })

  it('are integers in two\'s complement, the lowest byte first', () => {
    expect(written((w) => writeInt128(w, 0x0102030405060708090a0b0c0d0e0f10n))).toBe('100f0e0d0c0b0a090807060504030201')
    expect(written((w) => writeInt128(w, -2))).toBe(`fe${'ff'.repeat(15)}`)
    expect(written((w) => writeInt128(w, 2n ** 127n - 1n))).toBe(`${'ff'.repeat(15)}7f`)
    expect(written((w) => writeInt128(w, -(2n ** 127n)))).toBe(`${'00'.repeat(15)}80`)
    expect(written((w) => writeInt256(w, (1n << 248n) | (2n << 128n) | (3n << 64n) | 4n))).toBe(
      `${'04'.padEnd(16, '0')}${'03'.padEnd(16, '0')}${'02'.padEnd(16, '0')}${'01'.padStart(16, '0')}`,
    )
    expect(written((w) => writeInt256(w, -(2n ** 255n)))).toBe(`${'00'.repeat(31)}80`)
    for (const value of [2n ** 127n, -(2n ** 127n) - 1n]) expect(refusal((w) => writeInt128(w, value))).toContain(`got ${value}n`)
    for (const value of [2n ** 255n, -(2n ** 255n) - 1n]) expect(refusal((w) => writeInt256(w, value))).toContain(`got ${value}n`)
  })
})

describe('the other primitives', () => {
  it('a double is IEEE 754, the lowest byte first', () => {
    expect(written((w) => writeDouble(w, 1))).toBe('000000000000f03f')
    expect(written((w) => writeDouble(w, -0.1))).toBe('9a9999999999b9bf')
    expect(written((w) => writeDouble(w, Infinity))).toBe('000000000000f07f')
    expect(refusal((w) => writeDouble(w, '1'))).toBe('expected a number, got "1"')
    expect(refusal((w) => writeDouble(w, 1n))).toBe('expected a number, got 1n')
  })

  it('a Bool is one of two constructors', () => {
    expect(written((w) => writeBool(w, true))).toBe('b5757299')
    expect(written((w) => writeBool(w, false))).toBe('379779bc')
    for (const value of [0, 1, 'true']) expect(refusal((w) => writeBool(w, value))).toMatch(/^expected true or false, got /)
  })

  it('as functions they write what the writer does', () => {
    expect(written((w) => writeInt(w, -1))).toBe('ffffffff')
    expect(written((w) => writeUint(w, 2 ** 32 - 1))).toBe('ffffffff')
    expect(written((w) => writeString(w, 'ab'))).toBe('02616200')
    expect(written((w) => writeBytes(w, Uint8Array.of(9)))).toBe('01090000')
    expect(refusal((w) => writeInt(w, 2 ** 31))).toMatch(/^expected an int/)
    expect(refusal((w) => writeUint(w, -1))).toMatch(/^expected a #/)
  })
})

describe('vectors', () => {
  const item = new ByHand((w) => w.begin(7, 'Item'))

  it('have an id, a count and their items', () => {
    expect(written((w) => writeObjects(w, [item, item], 'Item'))).toBe('15c4b51c020000000700000007000000')
    expect(written((w) => writeVector(w, [5, 6], writeInt))).toBe('15c4b51c020000000500000006000000')
    expect(written((w) => writeVector(w, [], writeInt))).toBe('15c4b51c00000000')
    expect(written((w) => writeObjects(w, [], 'Item'))).toBe('15c4b51c00000000')
  })

  it('have no id where they are bare', () => {
    expect(written((w) => writeBareVector(w, [5, 6], writeInt))).toBe('020000000500000006000000')
  })

  it('are arrays, of what the type says', () => {
    expect(refusal((w) => writeObjects(w, { length: 0 }, 'Item'))).toBe('expected an array, got a plain object')
    expect(refusal((w) => writeVector(w, new Uint8Array(2), writeInt))).toBe('expected an array, got 2 bytes')
    expect(refusal((w) => writeBareVector(w, null, writeInt))).toBe('expected an array, got null; it is missing')
    expect(refusal((w) => writeObjects(w, [item], 'Other'))).toBe('expected Other, got an object of Item')
    expect(refusal((w) => writeVector(w, [1, 'x'], writeInt))).toBe('expected an int, -2^31 to 2^31-1, got "x"')
    expect(refusal((w) => writeVector(w, new Array(1), writeInt))).toContain('got undefined; it is missing')
  })

  it('are one level each, and only while they are open', () => {
    const nested = (levels: number) => (w: Writer, value: unknown): void =>
      levels === 1 ? writeVector(w, value, writeInt) : writeVector(w, [value], nested(levels - 1))
    expect(() => written((w) => nested(64)(w, [1]))).not.toThrow()
    expect(refusal((w) => nested(65)(w, [1]))).toBe('expected at most 64 levels, and nothing inside itself, got more')
    const many = Array.from({ length: 70 }, () => 0)
    expect(written((w) => many.forEach(() => writeObjects(w, [], 'Item')))).toBe('15c4b51c00000000'.repeat(70))
    expect(written((w) => many.forEach(() => writeVector(w, [], writeInt)))).toBe('15c4b51c00000000'.repeat(70))
  })
})

describe('what has no id in front, or is a call', () => {
  class Salt {
    static readonly className = 'FutureSalt'
    readonly inner: Salt | undefined
    constructor(inner?: Salt) {
      this.inner = inner
    }
    writeFields(w: Writer): void {
      w.int(3)
      if (this.inner !== undefined) writeBare(w, this.inner, Salt)
    }
  }
  const nest = (levels: number): Salt => (levels === 1 ? new Salt() : new Salt(nest(levels - 1)))

  it('a bare object is its fields', () => {
    expect(written((w) => writeBare(w, new Salt(), Salt))).toBe('03000000')
    expect(refusal((w) => writeBare(w, { writeFields: () => {} }, Salt))).toBe('expected FutureSalt, got a plain object')
    expect(refusal((w) => writeBare(w, undefined, Salt))).toBe('expected FutureSalt, got undefined; it is missing')
  })

  it('a bare object is one level, while it is open', () => {
    expect(written((w) => writeBare(w, nest(64), Salt))).toBe('03000000'.repeat(64))
    expect(refusal((w) => writeBare(w, nest(65), Salt))).toContain('expected at most 64 levels')
    expect(written((w) => Array.from({ length: 70 }, () => writeBare(w, new Salt(), Salt)))).toBe('03000000'.repeat(70))
  })

  it('a query is a method call', () => {
    expect(written((w) => writeQuery(w, new ByHand((inner) => inner.beginRequest(4))))).toBe('04000000')
    const noCall = new ByHand((inner) => inner.begin(4, 'Item'))
    expect(refusal((w) => writeQuery(w, noCall))).toBe('expected a method call, got an object of Item')
  })
})
