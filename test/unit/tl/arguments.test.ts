import { describe, expect, it } from 'vitest'
import { refuseUnknown } from '../../../src/tl/arguments.js'
import { TlEncodeError } from '../../../src/errors/codec.js'
import { thrownBy } from './written.js'

function classOf(className: string, ...fields: string[]): { new (args: object): object; acceptedNames: readonly string[] } {
  return class {
    static acceptedNames: readonly string[] = []
    constructor(args: object) {
      for (const field of fields) Object.assign(this, { [field]: undefined })
      refuseUnknown(this, args)
    }
    get className(): string {
      return className
    }
  }
}

const Point = classOf('geo.Point', 'longitude', 'latitude', 'accuracyRadius')
const refusal = (args: object, Class = Point): TlEncodeError => thrownBy(TlEncodeError, () => new Class(args))

describe('the arguments of a class', () => {
  it('may be any of its fields, in any order, time and again', () => {
    const both = [{ latitude: 1, longitude: 2 }, { longitude: 1 }, { longitude: 1, latitude: 2 }]
    for (const args of [{}, ...both, { accuracyRadius: undefined }]) {
      for (let i = 0; i < 2; i++) expect(() => new Point(args)).not.toThrow()
      if (Object.keys(args).length > 0) expect(Point.acceptedNames).toEqual(Object.keys(args))
    }
  })

  it('are compared with those that were accepted last, and remembered where they differ', () => {
    const Fresh = classOf('Fresh', 'a', 'b')
    void new Fresh({ a: 1, b: 2 })
    const remembered = Fresh.acceptedNames
    expect(remembered).toEqual(['a', 'b'])
    void new Fresh({ a: 3, b: 4 })
    void new Fresh({ a: 3 })
    expect(Fresh.acceptedNames).toBe(remembered)
    void new Fresh({ b: 3 })
    expect(Fresh.acceptedNames).toEqual(['b'])
  })

  it('of another name are refused, wherever they stand, and nothing is remembered', () => {
    void new Point({ longitude: 1 })
    const error = refusal({ longitude: 1, heading: 2 })
    expect(error.message).toBe('geo.point.heading: expected longitude, latitude, accuracyRadius, got heading')
    const known = 'longitude, latitude, accuracyRadius'
    expect([error.path, error.expected, error.got]).toEqual(['geo.point.heading', known, 'heading'])
    expect(Point.acceptedNames).toEqual(['longitude'])
    expect(refusal({ heading: undefined, longitude: 1 }).got).toBe('heading')
    expect(refusal({ toString: 1 }).got).toBe('toString')
    expect(refusal({ x: 1 }, classOf('Empty')).message).toBe('empty.x: expected no arguments, got x')
  })
})

describe('the advice', () => {
  const advice = (name: string, ...fields: string[]): string | undefined =>
    /; did you mean '(.*)'\?$/.exec(refusal({ [name]: 1 }, classOf('C', ...fields)).message)?.[1]

  it.each([
    ['longitud', ['latitude', 'longitude'], 'longitude'],
    ['offset_date', ['offsetLink', 'offsetDate'], 'offsetDate'],
    ['admin', ['peer', 'adminId'], 'adminId'],
    ['userIds', ['userId', 'users'], 'userId'],
    ['msgid', ['id', 'msgId'], 'msgId'],
    ['Id', ['id', 'x'], 'id'],
    ['abcde', ['xxcde'], 'xxcde'],
    ['peer', ['toPeer', 'peers'], 'peers'],
  ])('for %j among %j is %j', (name, fields, near) => {
    expect(advice(name, ...fields)).toBe(near)
  })

  it('is missing where nothing is near: a third of the name and more has to be shared', () => {
    expect(advice('abc', 'axy')).toBeUndefined()
    expect(advice('abc', 'abx')).toBe('abx')
    expect(advice('abcdef', 'abuvwx')).toBeUndefined()
    expect(advice('abcdef', 'abuvwf')).toBe('abuvwf')
    expect(advice('abcdef', 'abuvwfxy')).toBeUndefined()
    expect(advice('abcd', 'abcdefghi')).toBeUndefined()
    expect(advice('abcdefghi', 'abcd')).toBeUndefined()
    expect(advice('abcdefgh', 'abcdef')).toBe('abcdef')
  })

  it('is the first of those that are equally near, and counts no letter twice', () => {
    expect(advice('date', 'dateA', 'dateB')).toBe('dateA')
    expect(advice('aa', 'aaa', 'aab')).toBe('aaa')
    expect(advice('aba', 'abaxaba', 'abq')).toBe('abq')
    expect(advice('ab', 'abxb')).toBeUndefined()
  })
})
