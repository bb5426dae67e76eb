import bigInt from 'big-integer'
import { describe, expect, it } from 'vitest'
import { toBigInt } from '../../../src/tl/long.js'

describe('the integer behind a value', () => {
  it('is a native one itself, of any size', () => {
    expect(toBigInt(0n)).toBe(0n)
    expect(toBigInt(-(2n ** 300n))).toBe(-(2n ** 300n))
  })

  it('is a number that is safe, and no other', () => {
    expect(toBigInt(2 ** 53 - 1)).toBe(2n ** 53n - 1n)
    expect(toBigInt(-0)).toBe(0n)
    for (const value of [2 ** 53, 0.5, NaN, Infinity]) expect(toBigInt(value), String(value)).toBeUndefined()
  })

  it('is a decimal of 1 to 80 digits, all of the text', () => {
    expect(toBigInt('-12')).toBe(-12n)
    expect(toBigInt('007')).toBe(7n)
    expect(toBigInt('9'.repeat(80))).toBe(10n ** 80n - 1n)
    for (const value of ['', '-', '9'.repeat(81), ' 1', '1 ', '1\n', 'x1', '1x', '0x1', '1.0', '+1']) {
      expect(toBigInt(value), JSON.stringify(value)).toBeUndefined()
    }
  })

  it('is what a big-integer wraps', () => {
    expect(toBigInt(bigInt('-9223372036854775808'))).toBe(-(2n ** 63n))
    const native = { value: 7n, toJSNumber: () => 0, toString: () => '8' }
    expect(toBigInt(native)).toBe(7n)
  })

  it('is the text of a big-integer that wraps no native one', () => {
    const digits = { value: [1, 2], toJSNumber: () => 0, toString: () => '-8' }
    expect(toBigInt(digits)).toBe(-8n)
    expect(toBigInt({ ...digits, toString: () => '8.5' })).toBeUndefined()
  })

  it('is nowhere in anything else', () => {
    const callable = Object.assign(() => 0, { value: 7n, toJSNumber: () => 0 })
    for (const value of [undefined, null, true, Symbol('7'), {}, [7], callable, { value: 7n }, { value: 7n, toJSNumber: 7 }]) {
      expect(toBigInt(value), String(value)).toBeUndefined()
    }
  })
})
