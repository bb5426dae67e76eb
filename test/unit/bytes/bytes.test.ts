import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from '../../../src/bytes/base64.js'
import { bigIntFromBytesBE, bigIntToBytesBE, bigIntToMinimalBytesBE } from '../../../src/bytes/bigint.js'
import { concat, reversed, wipe, xor } from '../../../src/bytes/bytes.js'
import { equalConstantTime, equalPiecesConstantTime, startsWithConstantTime } from '../../../src/bytes/equal.js'
import { fromHex, toHex } from '../../../src/bytes/hex.js'

const bytes = fc.uint8Array({ maxLength: 300 })

describe('hex', () => {
  it('round trips, and agrees with the platform', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(toHex(value)).toBe(Buffer.from(value).toString('hex'))
        expect(fromHex(toHex(value))).toEqual(value)
      }),
    )
  })
  it('allows the white space of a golden that is spaced by field', () => {
    expect(fromHex('f6a3b5a2 0c000000\n')).toEqual(Uint8Array.of(0xf6, 0xa3, 0xb5, 0xa2, 12, 0, 0, 0))
  })
  it('refuses half a byte and foreign characters, naming the digit', () => {
    expect(() => fromHex('abc')).toThrow('hex text has 3 digits; expected an even number')
    expect(() => fromHex('0x12')).toThrow('hex text has "x" at digit 1; expected 0-9 or a-f')
  })
})

describe('base64', () => {
  it('round trips, and agrees with the platform', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(toBase64(value)).toBe(Buffer.from(value).toString('base64'))
        expect(fromBase64(Buffer.from(value).toString('base64url'))).toEqual(value)
      }),
    )
  })
  it('handles more bytes than one call of String.fromCharCode takes', () => {
    const large = new Uint8Array(100_000).map((_, index) => index & 255)
    expect(fromBase64(toBase64(large))).toEqual(large)
  })
  it('refuses foreign characters and impossible lengths', () => {
    expect(() => fromBase64('ab!d')).toThrow('outside its alphabet at position 2')
    expect(() => fromBase64('abcde')).toThrow('cut short')
  })
})

describe('big-endian integers', () => {
  it('pad to the asked length and come back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }), (value) => {
        expect(bigIntFromBytesBE(bigIntToBytesBE(value, 32))).toBe(value)
        const minimal = bigIntToMinimalBytesBE(value)
        expect(minimal[0]).not.toBe(0)
        expect(bigIntFromBytesBE(minimal)).toBe(value)
      }),
    )
  })
  it('refuse what does not fit, and negative numbers', () => {
    expect(() => bigIntToBytesBE(256n, 1)).toThrow(RangeError)
    expect(() => bigIntToBytesBE(-1n, 4)).toThrow(RangeError)
  })
})

describe('byte strings', () => {
  it('join, reverse and xor without touching their inputs', () => {
    const a = Uint8Array.of(1, 2)
    const b = Uint8Array.of(3, 5)
    expect(concat(a, b)).toEqual(Uint8Array.of(1, 2, 3, 5))
    expect(reversed(a)).toEqual(Uint8Array.of(2, 1))
    expect(xor(a, b)).toEqual(Uint8Array.of(2, 7))
    expect([a, b]).toEqual([Uint8Array.of(1, 2), Uint8Array.of(3, 5)])
    expect(() => xor(a, Uint8Array.of(1))).toThrow('xor of 2 and 1 bytes')
  })
  it('are overwritten when wiped', () => {
    const secret = Uint8Array.of(9, 9, 9)
    wipe(secret)
    expect(secret).toEqual(new Uint8Array(3))
  })
})

describe('equalConstantTime', () => {
  it('E3: visits all 16 bytes of a msg_key, wherever the difference is', () => {
    for (const different of [0, 7, 15, undefined]) {
      const visited = new Set<string>()
      const watched = (target: Uint8Array): Uint8Array =>
        new Proxy(target, {
          get(object, key) {
            if (typeof key === 'string' && /^\d+$/.test(key)) visited.add(key)
            return Reflect.get(object, key, object) as unknown
          },
        })
      const a = new Uint8Array(16).fill(7)
      const b = a.slice()
      if (different !== undefined) b[different] = 8
      expect(equalConstantTime(watched(a), b)).toBe(different === undefined)
      expect(visited.size).toBe(16)
    }
  })
  it('tells byte strings of different lengths apart', () => {
    expect(equalConstantTime(new Uint8Array(3), new Uint8Array(4))).toBe(false)
  })
  it('compares beginnings and pieces alike', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4)
    expect(startsWithConstantTime(bytes, Uint8Array.of(1, 2, 3))).toBe(true)
    expect(startsWithConstantTime(bytes, bytes)).toBe(true)
    expect(startsWithConstantTime(bytes, Uint8Array.of(1, 2, 4))).toBe(false)
    expect(startsWithConstantTime(bytes.subarray(0, 2), bytes)).toBe(false)
    expect(equalPiecesConstantTime(bytes, 1, Uint8Array.of(9, 9, 2, 3, 9), 2, 2)).toBe(true)
    expect(equalPiecesConstantTime(bytes, 1, Uint8Array.of(9, 9, 2, 4, 9), 2, 2)).toBe(false)
  })
})
