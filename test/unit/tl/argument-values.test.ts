import bigInt from 'big-integer'
import { describe, expect, it } from 'vitest'
import { byteStringsOf, bytesOf, installLongs, longOf, longsOf } from '../../../src/tl/argument-values.js'
import { randomLong, randomLongs, seconds } from '../../../src/tl/argument-values.js'

describe('before anything reads longs', () => {
  it('a long stays what it was given', () => {
    expect(longOf('5')).toBe('5')
    expect(longsOf([1n, 2])).toEqual([1n, 2])
  })
})

describe('what an argument becomes', () => {
  it('a Date is whole seconds, rounded down', () => {
    expect(seconds(new Date(43_999))).toBe(43)
    expect(seconds(new Date(-1))).toBe(-1)
    expect(seconds(43.5)).toBe(43.5)
    expect(seconds(undefined)).toBeUndefined()
    expect(seconds({ getTime: () => 1_000 } as never)).toEqual({ getTime: expect.any(Function) as unknown })
  })

  it('a long is a big-integer once something reads longs; what is no integer, or an object, stays', () => {
    const wrapped: bigint[] = []
    installLongs((integer) => {
      wrapped.push(integer)
      return bigInt(integer)
    })
    for (const value of [5, '5', 5n]) expect(longOf(value).equals(5)).toBe(true)
    expect(wrapped).toEqual([5n, 5n, 5n])
    const given = bigInt(7)
    expect(longOf(given)).toBe(given)
    const bytes = new Uint8Array(16)
    expect(longOf(bytes)).toBe(bytes)
    expect(longOf('x')).toBe('x')
    expect(longOf(0.5)).toBe(0.5)
    expect(longOf(undefined)).toBeUndefined()
    expect(longsOf([1, '2']).map(String)).toEqual(['1', '2'])
    expect(bigInt.isInstance(longsOf([1])[0])).toBe(true)
    expect(longsOf(undefined)).toBeUndefined()
    expect(longsOf('12' as never)).toBe('12')
  })

  it('bytes are a Buffer over the same memory', () => {
    const given = Uint8Array.of(1, 2, 3).subarray(1)
    const bytes = bytesOf(given)
    expect(Buffer.isBuffer(bytes)).toBe(true)
    given[0] = 9
    expect([...bytes]).toEqual([9, 3])
    expect(bytesOf(undefined)).toBeUndefined()
    expect(bytesOf('text' as never)).toBe('text')
    expect(byteStringsOf([given]).map((each) => Buffer.isBuffer(each))).toEqual([true])
    expect(byteStringsOf(undefined)).toBeUndefined()
    expect(byteStringsOf('text' as never)).toBe('text')
  })

  it('a random long is signed, of 64 bits, and another one each time', () => {
    const longs = randomLongs(Array.from({ length: 200 }, () => 0))
    expect(new Set(longs).size).toBe(200)
    for (const long of longs) expect(BigInt.asIntN(64, long)).toBe(long)
    expect(longs.some((long) => long < 0n)).toBe(true)
    expect(longs.some((long) => long > 2n ** 62n)).toBe(true)
    expect(typeof randomLong()).toBe('bigint')
    for (const none of [undefined, 'ids', { length: 2 }]) expect(randomLongs(none)).toEqual([])
  })
})
