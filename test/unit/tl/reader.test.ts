import { runInNewContext } from 'node:vm'
import bigInt from 'big-integer'
import { describe, expect, it } from 'vitest'
import { TlDecodeError } from '../../../src/errors/codec.js'
import { LocalError } from '../../../src/errors/errors.js'
import { readInt128, readInt256, readLong } from '../../../src/tl/read-long.js'
import { readBareVector, readBigint, readBool, readBytes, readDouble } from '../../../src/tl/read-vector.js'
import { readInt, readString, readUint, readVector } from '../../../src/tl/read-vector.js'
import { Reader } from '../../../src/tl/reader.js'
import { thrownBy } from './written.js'

const reader = (hex: string): Reader => new Reader(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const refusal = (act: () => unknown): TlDecodeError => thrownBy(TlDecodeError, act)

/** Reads, and says where the reader stands afterwards. */
function read<T>(hex: string, act: (r: Reader) => T): [T, number] {
  const r = reader(hex)
  return [act(r), r.position]
}

/** An object that is being read, and begins with a flag word. */
class Flagged {
  readonly className: string = 'Flagged'
  readonly CONSTRUCTOR_ID: number = 7
}

describe('numbers', () => {
  it('are little-endian, of 4 and 8 bytes', () => {
    expect(read('01000080 ff', (r) => r.uint())).toEqual([0x80000001, 4])
    expect(read('01000080 ff', (r) => r.int())).toEqual([-0x7fffffff, 4])
    expect(read('01000080 ff', (r) => r.flags())).toEqual([-0x7fffffff, 4])
    expect(read('05000000', (r) => r.flags())).toEqual([5, 4])
    expect(read('0100000000000080 ff', (r) => r.bigint())).toEqual([-(2n ** 63n) + 1n, 8])
    expect(read('9a9999999999b9bf ff', (r) => r.double())).toEqual([-0.1, 8])
    expect(read('01020304 ff', (r) => r.raw(3))).toEqual([Uint8Array.of(1, 2, 3), 3])
  })

  it('that are cut off are refused with what is left, and where', () => {
    const cut = (act: (r: Reader) => unknown): string => refusal(() => act(new Reader(new Uint8Array(6), 4))).message
    expect(cut((r) => r.uint())).toBe('expected 4 bytes, got 2 until the end at offset 4')
    expect(cut((r) => r.int())).toBe('expected 4 bytes, got 2 until the end at offset 4')
    expect(cut((r) => r.bigint())).toBe('expected 8 bytes, got 2 until the end at offset 4')
    expect(cut((r) => r.double())).toBe('expected 8 bytes, got 2 until the end at offset 4')
    expect(cut((r) => r.raw(3))).toBe('expected 3 bytes, got 2 until the end at offset 4')
    expect(cut((r) => r.string())).toBe('expected 4 bytes, got 2 until the end at offset 4')
    const flags = (field?: string): string => cut((r) => r.open(new Flagged()) && r.flags(field))
    expect(flags()).toBe('flagged.flags: expected 4 bytes, got 2 until the end at offset 4 (constructor 0x00000007)')
    expect(flags('flags2')).toBe('flagged.flags2: expected 4 bytes, got 2 until the end at offset 4 (constructor 0x00000007)')
    expect(refusal(() => new Reader(new Uint8Array(8), 0, 3).flags()).got).toBe('3 until the end')
  })

  it('are read inside a part of a larger memory', () => {
    const memory = Uint8Array.from({ length: 16 }, (_, i) => i)
    const r = new Reader(memory.subarray(4, 12), 2)
    expect(r.remaining).toBe(6)
    expect(r.uint()).toBe(0x09080706)
    expect(r.remaining).toBe(2)
    expect(new Reader(memory, 0, 4).end).toBe(4)
  })

  it('a Bool is one of two constructors', () => {
    expect(read('b5757299', (r) => r.bool())).toEqual([true, 4])
    expect(read('379779bc', (r) => r.bool())).toEqual([false, 4])
    const error = refusal(() => reader('01000000').bool())
    expect(error.message).toBe('expected Bool, got 0x00000001 at offset 0 (constructor 0x00000001)')
    expect(error.constructorId).toBe(1)
  })

  it('a long, an int128 and an int256 are big-integers in two\'s complement', () => {
    expect(readLong(reader('feffffffffffffff')).equals(-2)).toBe(true)
    expect(bigInt.isInstance(readLong(reader('0100000000000000')))).toBe(true)
    const rising = Array.from({ length: 32 }, (_, i) => (i + 0x81).toString(16)).join('')
    const value = (bytes: number): string => {
      let sum = 0n
      for (let i = 0; i < bytes; i++) sum += BigInt(i + 0x81) << BigInt(8 * i)
      return String(BigInt.asIntN(bytes * 8, sum))
    }
    expect(readInt128(reader(rising)).toString()).toBe(value(16))
    expect(readInt256(reader(rising)).toString()).toBe(value(32))
    expect(readInt128(reader('ff'.repeat(16))).toString()).toBe('-1')
    expect(readInt256(reader(`${'00'.repeat(31)}80`)).toString()).toBe(String(-(2n ** 255n)))
    expect(refusal(() => readInt256(reader('00'.repeat(28)))).offset).toBe(24)
  })
})

describe('strings', () => {
  it('end behind their padding', () => {
    expect(read('00000000 ff', (r) => r.string())).toEqual(['', 4])
    expect(read('03616263 ff', (r) => r.string())).toEqual(['abc', 4])
    expect(read('0461626364 000000 ff', (r) => r.string())).toEqual(['abcd', 8])
    expect(read('fe030000 616263 00 ff', (r) => r.string())).toEqual(['abc', 8])
    expect(read('fe040000 61626364 ff', (r) => r.string())).toEqual(['abcd', 8])
    expect(read('ff 02616200', (r) => [r.raw(1), r.string()][1])).toEqual(['ab', 5])
    const [long, end] = read(`fd${'61'.repeat(253)}0000 ff`, (r) => r.string())
    expect([long, end]).toEqual(['a'.repeat(253), 256])
    expect(read(`feff0000${'61'.repeat(255)}00 ff`, (r) => r.string())).toEqual(['a'.repeat(255), 260])
  })

  it('that go on behind the message are refused, their padding included', () => {
    expect(refusal(() => reader('04616263').string()).message).toBe(
      'expected a string of 4 bytes and its padding, got 3 until the end at offset 0',
    )
    expect(refusal(() => reader('0461626364 0000').string()).message).toBe(
      'expected a string of 4 bytes and its padding, got 6 until the end at offset 0',
    )
    expect(refusal(() => reader('fe000100 61').byteString()).message).toBe(
      'expected a string of 256 bytes and its padding, got 1 until the end at offset 0',
    )
    expect(refusal(() => reader('ff616263').string()).message).toBe(
      'expected the length of a string, got the byte 0xff at offset 0',
    )
    expect(refusal(() => new Reader(Uint8Array.of(0, 0, 0, 0, 1, 0x80, 0, 0), 4).string()).message).toBe(
      'expected UTF-8, got bytes that are not at offset 5',
    )
  })

  it('of bytes are a Buffer of their own', () => {
    const memory = Buffer.from('03616263', 'hex')
    const bytes = new Reader(memory).byteString()
    const raw = new Reader(memory).raw(2)
    memory.fill(0)
    expect(Buffer.isBuffer(bytes)).toBe(true)
    expect(bytes.toString()).toBe('abc')
    expect([...raw]).toEqual([3, 0x61])
  })
})

describe('constructor ids', () => {
  it('are checked where a type has one constructor only', () => {
    const r = reader('07000000 08000000')
    r.expect(7, 'Photo')
    expect(r.position).toBe(4)
    const error = refusal(() => r.expect(7, 'Photo'))
    expect(error.message).toBe('expected a constructor of Photo, got 0x00000008 at offset 4 (constructor 0x00000008)')
    expect(error.constructorId).toBe(8)
  })

  it('that nobody knows are refused where they stood', () => {
    const r = reader('00000000 efbeadde')
    r.int()
    expect(refusal(() => r.unknown(r.uint(), 'User')).message).toBe(
      'expected a constructor of User, got 0xdeadbeef at offset 4 (constructor 0xdeadbeef)',
    )
  })
})

describe('vectors', () => {
  it('have an id unless they are bare', () => {
    expect(read('15c4b51c 02000000 0500000006000000', (r) => readVector(r, readInt, 4))).toEqual([[5, 6], 16])
    expect(read('02000000 0500000006000000', (r) => readBareVector(r, readUint, 4))).toEqual([[5, 6], 12])
    expect(read('15c4b51c 00000000', (r) => readVector(r, readInt, 4))).toEqual([[], 8])
    expect(refusal(() => readVector(reader('14c4b51c 00000000'), readInt, 4)).message).toBe(
      'expected Vector, got 0x1cb5c414 at offset 0 (constructor 0x1cb5c414)',
    )
  })

  it('read items of each kind', () => {
    const one = <T>(item: (r: Reader) => T, hex: string): T[] => readBareVector(reader(`01000000${hex}`), item, 4)
    expect(one(readBigint, 'ffffffffffffffff')).toEqual([-1n])
    expect(one(readDouble, '000000000000f03f')).toEqual([1])
    expect(one(readBool, 'b5757299')).toEqual([true])
    expect(one(readString, '01610000')).toEqual(['a'])
    expect(one(readBytes, '01610000')).toEqual([Buffer.from('a')])
    expect(one(readInt, 'ffffffff')).toEqual([-1])
    expect(one(readUint, 'ffffffff')).toEqual([0xffffffff])
  })

  it('hold no more items than the bytes that are left have room for', () => {
    expect(() => reader('02000000 0000000000000000').count(4, true)).not.toThrow()
    expect(refusal(() => reader('02000000 00000000000000').count(4, true)).message).toBe(
      'expected at most 1 items of 4 bytes or more, got 2 at offset 0',
    )
    expect(refusal(() => reader('15c4b51c 03000000 0000000000000000').count(4)).message).toBe(
      'expected at most 2 items of 4 bytes or more, got 3 at offset 4',
    )
    expect(refusal(() => reader('ffffffff 00000000').count(4, true)).message).toBe(
      'expected at most 1 items of 4 bytes or more, got -1 at offset 0',
    )
    expect(reader('00000000').count(4, true)).toBe(0)
  })

  it('are the index in the path, and no longer once they are closed', () => {
    const r = reader('02000000 0100000002000000 01000000 03000000')
    readBareVector(r, readInt, 4)
    const error = refusal(() => readBareVector(r, (inner) => inner.bool(), 4))
    expect(error.path).toBe('[0]')
    expect(refusal(() => readBareVector(reader('02000000 b5757299 07000000'), readBool, 4)).path).toBe('[1]')
    const nested = (inner: Reader): unknown => readBareVector(inner, readBool, 4)
    expect(refusal(() => readBareVector(reader('01000000 01000000 07000000'), nested, 4)).message).toBe(
      '[0][0]: expected Bool, got 0x00000007 at offset 8 (constructor 0x00000007)',
    )
  })
})

describe('levels', () => {
  it('are 64 at most', () => {
    const r = reader('00000000')
    for (let i = 0; i < 64; i++) r.open([])
    const { message } = refusal(() => r.open([]))
    expect(message).toMatch(/^(\[0\]){64}: expected at most 64 levels, got more at offset 0$/)
    r.close([])
    expect(() => r.open([])).not.toThrow()
  })

  it('that are closed are in no path', () => {
    const r = reader('00000000')
    r.open([1, 2])
    r.open([1])
    r.close([])
    expect(refusal(() => r.bool()).path).toBe('[2]')
  })

  it('open and close give back what they are given', () => {
    const value = {}
    const r = reader('')
    expect(r.open(value)).toBe(value)
    expect(r.close(value)).toBe(value)
  })
})

describe('the end', () => {
  it('is where the object ends', () => {
    const r = reader('00000000 0000')
    r.int()
    expect(refusal(() => r.finish()).message).toBe('expected the end, got 2 more bytes at offset 4')
    r.raw(2)
    expect(() => r.finish()).not.toThrow()
  })

  it('reads bytes alone, and says what to do with hex', () => {
    const read = (value: unknown) => () => new Reader(value as never)
    expect(read('f6a3b5a2')).toThrow("only bytes can be read: expected a Uint8Array, got \"f6a3b5a2\"; Buffer.from(text, 'hex') makes bytes of hex")
    expect(thrownBy(LocalError, read('f6'))).toMatchObject({
      failure: 'argument',
      path: 'bytes',
      expected: 'a Uint8Array',
      got: '"f6"',
      advice: "Buffer.from(text, 'hex') makes bytes of hex",
    })
    expect(thrownBy(LocalError, read(undefined)).message).toBe('only bytes can be read: expected a Uint8Array, got undefined')
    expect('advice' in thrownBy(LocalError, read(undefined))).toBe(false)
    expect(read([1, 2])).toThrow('got an array of 2')
    expect(read(new ArrayBuffer(4))).toThrow(LocalError)
    expect(read(new ArrayBuffer(4))).toThrow('got an instance of ArrayBuffer')
    expect(new Reader(runInNewContext('Uint8Array.of(1, 0, 0, 0)') as Uint8Array).uint()).toBe(1)
  })
})
