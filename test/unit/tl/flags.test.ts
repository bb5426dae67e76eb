import { describe, expect, it } from 'vitest'
import { TlEncodeError } from '../../../src/errors/codec.js'
import type { Misfit } from '../../../src/tl/encode-refusal.js'
import { isSet, tied, tiedFields } from '../../../src/tl/flags.js'
import { thrownBy } from './written.js'

describe('a `true` field', () => {
  it('is set by true alone', () => {
    expect(isSet(true)).toBe(true)
    for (const absent of [false, undefined, null]) expect(isSet(absent), String(absent)).toBe(false)
  })

  it.each([
    [0, '0'],
    [1, '1'],
    ['', '""'],
    ['true', '"true"'],
    [{}, 'a plain object'],
    [[], 'an array of 0'],
  ])('is refused where it holds %j', (value, got) => {
    const error = thrownBy(TlEncodeError, () => isSet(value))
    expect(error.message).toBe(`expected true, false or undefined, got ${got}`)
  })
})

describe('fields that share a flag bit', () => {
  it('are there together, or not at all', () => {
    expect(tied(true, true)).toBe(true)
    expect(tied(false, false)).toBe(false)
    expect(tiedFields(true, true, true)).toBe(true)
    expect(tiedFields(false, false, false)).toBe(false)
  })

  it.each([
    [[true, false]],
    [[false, true]],
  ] as const)('are refused as two that are there as %j', (present) => {
    const error = thrownBy(TlEncodeError, () => tied(...(present as readonly [boolean, boolean]))) as Misfit
    expect(error.message).toBe('expected all tied fields or none, got some')
    expect(error.present).toEqual(present)
    expect(error.advice).toBe('')
  })

  it.each([
    [[true, false, false]],
    [[false, true, true]],
    [[true, true, false, true]],
  ])('are refused as many that are there as %j', (present) => {
    const error = thrownBy(TlEncodeError, () => tiedFields(...present)) as Misfit
    expect(error.expected).toBe('all tied fields or none')
    expect(error.got).toBe('some')
    expect(error.present).toEqual(present)
  })
})
