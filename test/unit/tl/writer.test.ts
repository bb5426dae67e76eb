import { describe, expect, it } from 'vitest'
import { TlEncodeError } from '../../../src/errors/codec.js'
import { writeLong } from '../../../src/tl/write-long.js'
import { writeUint } from '../../../src/tl/write-primitives.js'
import { encodeWith } from '../../../src/tl/encode-with.js'
import { writeRaw } from '../../../src/tl/write-raw.js'
import { Writer } from '../../../src/tl/writer.js'
import { ByHand, hexOf, thrownBy, written } from './written.js'

const refusal = (write: (w: Writer) => void): string => thrownBy(TlEncodeError, () => written(write)).message
const le = (value: number): string => hexOf(new Uint8Array(Uint32Array.of(value).buffer))

describe('numbers, the lowest byte first', () => {
  it('int', () => {
    expect(written((w) => w.int(1))).toBe('01000000')
    expect(written((w) => w.int(-2))).toBe('feffffff')
    expect(written((w) => [2 ** 31 - 1, -(2 ** 31), -0].forEach((value) => w.int(value)))).toBe('ffffff7f0000008000000000')
    for (const value of [2 ** 31, -(2 ** 31) - 1, 0.5, '1', 1n, null]) {
      expect(refusal((w) => w.int(value)), String(value)).toMatch(/^expected an int, -2\^31 to 2\^31-1, got /)
    }
  })

  it('#', () => {
    expect(written((w) => writeUint(w, 0x01020304))).toBe('04030201')
    expect(written((w) => writeUint(w, 2 ** 32 - 1))).toBe('ffffffff')
    for (const value of [2 ** 32, -1, 0.5, '1', 1n, undefined]) {
      expect(refusal((w) => writeUint(w, value)), String(value)).toMatch(/^expected a #, 0 to 2\^32-1, got /)
    }
  })

  it('a flag word, its highest bit as well', () => {
    expect(written((w) => w.flags((1 << 31) | 5))).toBe('05000080')
  })

  it('64 bits', () => {
    expect(written((w) => writeLong(w, 0x0102030405060708n))).toBe('0807060504030201')
    expect(written((w) => writeLong(w, -1n))).toBe('ffffffffffffffff')
  })
})

describe('strings: the length, the bytes, and zeros up to the next multiple of four', () => {
  it.each([
    ['', '00000000'],
    ['a', '01610000'],
    ['ab', '02616200'],
    ['abc', '03616263'],
    ['abcd', '0461626364000000'],
    ['\u007f', '017f0000'],
    ['\u0080', '02c28000'],
    ['éé', '04c3a9c3a9000000'],
    ['abcé', '05616263c3a90000'],
    ['\u07ff', '02dfbf00'],
    ['\u007f\u0080', '037fc280'],
    ['\u0800', '03e0a080'],
    ['a\u07ff\u0800', '0661dfbfe0a08000'],
    ['👍', '04f09f918d000000'],
  ])('%j', (value, hex) => {
    expect(written((w) => w.string(value))).toBe(hex)
  })

  /** The definition, in other words. */
  function expected(bytes: Uint8Array): string {
    const length = bytes.length < 254 ? hexOf(Uint8Array.of(bytes.length)) : le(bytes.length * 256 + 254)
    const unpadded = length + hexOf(bytes)
    return unpadded.padEnd(Math.ceil(unpadded.length / 8) * 8, '0')
  }

  it.each([
    ['ASCII', 'a'],
    ['two bytes a character', 'é'],
    ['three bytes a character', '語'],
    ['four bytes a character', '👍'],
  ])('every length up to 300: %s', (_, letter) => {
    for (let length = 0; length <= 300; length++) {
      const value = letter.repeat(length)
      const utf8 = new TextEncoder().encode(value)
      expect(written((w) => w.string(value)), `${length} characters`).toBe(expected(utf8))
      expect(written((w) => w.bytes(utf8)), `${utf8.length} bytes`).toBe(expected(utf8))
    }
  })

  it('every text of up to five letters of any width, zeros behind it', () => {
    const texts = ['']
    for (const text of texts) if ([...text].length < 5) texts.push(...['a', 'é', 'Ж', '語', '👍'].map((letter) => text + letter))
    expect(texts.length).toBe(3_906)
    const all = Writer.encode(new ByHand((w) => texts.forEach((text) => w.string(text))))
    expect(hexOf(all)).toBe(texts.map((text) => expected(new TextEncoder().encode(text))).join(''))
  })

  it.each([5_461, 5_462, 20_000])('text of %i characters, three bytes each', (length) => {
    const value = '語'.repeat(length)
    expect(written((w) => w.string(value))).toBe(expected(new TextEncoder().encode(value)))
  })

  it('2^24 - 1 bytes are the most', () => {
    const most = 'x'.repeat(2 ** 24 - 1)
    const message = encodeWith((w) => w.string(most))
    expect(message.length).toBe(2 ** 24 + 4)
    expect(hexOf(message.subarray(0, 8))).toBe('feffffff78787878')
    expect(hexOf(message.subarray(-4))).toBe('78787800')
    const bytes = message.subarray(4, -1)
    expect(encodeWith((w) => w.bytes(bytes)).equals(message)).toBe(true)
    const tooLong = 'expected less than 16777216 bytes, got '
    expect(refusal((each) => each.string(`${most}x`))).toContain(tooLong)
    expect(refusal((each) => each.string(`x${most.slice(2)}é`))).toContain(tooLong)
    expect(refusal((each) => each.bytes(new Uint8Array(2 ** 24)))).toBe(`${tooLong}16777216 bytes`)
  })

  it('the length is judged before the text is looked at', () => {
    expect(refusal((w) => w.string(`\ud83d${'x'.repeat(2 ** 24 - 1)}`))).toContain('expected less than 16777216 bytes')
    expect(refusal((w) => w.string(`\ud83d${'x'.repeat(2 ** 24 - 2)}`))).toContain('expected a string without lone surrogates')
  })

  it('what is neither text nor bytes is refused', () => {
    expect(refusal((w) => w.string(5))).toBe('expected a string, got 5')
    expect(refusal((w) => w.string(new Uint8Array(1)))).toBe('expected a string, got 1 bytes')
    expect(refusal((w) => w.bytes('x'))).toBe('expected a Uint8Array, got "x"')
    expect(refusal((w) => w.bytes([1]))).toBe('expected a Uint8Array, got an array of 1')
    expect(refusal((w) => w.string('a\ud83d'))).toContain('expected a string without lone surrogates')
    expect(refusal((w) => w.string('\udc4d'.repeat(50)))).toContain('expected a string without lone surrogates')
  })
})

describe('objects', () => {
  const photo = new ByHand((w) => w.begin(7, 'Photo'))
  const user = new ByHand((w) => w.begin(8, 'InputUser', 'InputPeer', 9))
  const call = new ByHand((w) => w.beginRequest(10))

  it('begin with their id, as a part and as a whole', () => {
    expect(written((w) => w.begin(0xfedcba98, 'Photo'))).toBe('98badcfe')
    expect(written((w) => w.boxed(photo, 'Photo'))).toBe('07000000')
    expect(written((w) => w.boxed(call, 'a method call'))).toBe('0a000000')
    expect(written((w) => w.beginRequest(11))).toBe('0b000000')
    expect(hexOf(Writer.encode(photo))).toBe('07000000')
  })

  it('have the id of their form where its type is wanted, and their own elsewhere', () => {
    expect(written((w) => w.boxed(user, 'InputPeer'))).toBe('09000000')
    expect(written((w) => w.boxed(user, 'InputUser'))).toBe('08000000')
    expect(hexOf(Writer.encode(user))).toBe('08000000')
    expect(written((w) => w.boxed(new ByHand((inner) => inner.begin(8, 'InputUser', 'InputPeer')), 'InputPeer'))).toBe('08000000')
  })

  it('are checked one at a time: what an object writes itself is its own affair', () => {
    const pair = new ByHand((w) => {
      photo.write(w)
      call.write(w)
    })
    expect(written((w) => w.boxed(pair, 'Photo'))).toBe('070000000a000000')
  })

  it('of another type are refused', () => {
    expect(refusal((w) => w.boxed(photo, 'User'))).toBe('expected User, got an object of Photo')
    expect(refusal((w) => w.boxed(user, 'Photo'))).toBe('expected Photo, got an object of InputUser')
    expect(refusal((w) => w.boxed(call, 'Photo'))).toBe('expected Photo, got an object of a method call')
    expect(refusal((w) => w.boxed({}, 'Photo'))).toBe('expected Photo, got a plain object')
  })

  it.each(['InputPeer', 'InputUser', 'InputChannel'])('%s: the advice is to let the client resolve it', (type) => {
    const advice = '; client.invoke resolves names, ids and entities, getBytes() cannot'
    expect(refusal((w) => w.boxed('name', type))).toBe(`expected ${type}, got "name"${advice}`)
    expect(refusal((w) => w.boxed(photo, type))).toBe(`expected ${type}, got an object of Photo${advice}`)
    for (const other of [`${type}Like`, `My${type}`]) {
      expect(refusal((w) => w.boxed('name', other))).toBe(`expected ${other}, got "name"`)
    }
  })

  it('lie inside each other up to 64 deep, and beside each other without end', () => {
    const nest = (levels: number): ByHand => (levels === 0 ? photo : new ByHand((w) => w.boxed(nest(levels - 1), '')))
    expect(() => Writer.encode(nest(64))).not.toThrow()
    const { message } = thrownBy(TlEncodeError, () => Writer.encode(nest(65)))
    expect(message).toBe('expected at most 64 levels, and nothing inside itself, got more')
    expect(written((w) => Array.from({ length: 100 }, () => w.boxed(photo, 'Photo')))).toBe('07000000'.repeat(100))
  })
})

describe('one message after another', () => {
  it('what is no whole number of words is no object, and refused', () => {
    expect(refusal((w) => writeRaw(w, new Uint8Array(9)))).toBe('expected whole words of 4 bytes, got 9 bytes')
  })

  it('an object that encodes another one meanwhile keeps its own bytes', () => {
    const inner = new ByHand((w) => w.int(2))
    const outer = new ByHand((w) => {
      w.int(1)
      expect(hexOf(Writer.encode(inner))).toBe('02000000')
      w.int(3)
    })
    for (let i = 0; i < 3; i++) expect(hexOf(Writer.encode(outer))).toBe('0100000003000000')
  })

  it('an error that is no refusal comes out as it is, and harms nothing', () => {
    const error = new RangeError('of the object')
    const broken = new ByHand((w) => {
      w.int(1)
      throw error
    })
    expect(thrownBy(RangeError, () => Writer.encode(broken))).toBe(error)
    expect(hexOf(Writer.encode(new ByHand((w) => w.int(5))))).toBe('05000000')
  })
})
