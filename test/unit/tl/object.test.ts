import bigInt from 'big-integer'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { TlEncodeError } from '../../../src/errors/codec.js'
import { installInspection } from '../../../src/tl/inspection.js'
import { DECODED, TlObject, TlRequest } from '../../../src/tl/object.js'
import type { Writer } from '../../../src/tl/writer.js'
import { hexOf, thrownBy } from './written.js'

class Empty extends TlObject {
  static readonly CONSTRUCTOR_ID = 0xfedcba98
  static readonly SUBCLASS_OF_ID = 70
  static readonly className = 'geo.Empty'
  override write(w: Writer): void {
    w.begin(0xfedcba98, 'geo.Empty')
  }
}

class Photo extends Empty {
  static override readonly className = 'Photo' as never
  constructor(fields: object) {
    super()
    Object.assign(this, fields)
  }
}

class Ask extends TlRequest {
  static readonly CONSTRUCTOR_ID = 8
  static readonly SUBCLASS_OF_ID = 80
  static readonly className = 'geo.Ask'
  override write(w: Writer): void {
    w.beginRequest(8)
  }
}

describe('an object', () => {
  it('says what its class is, and owns its fields alone', () => {
    const empty = new Empty()
    const about = ({ CONSTRUCTOR_ID, SUBCLASS_OF_ID, className, classType }: TlObject): unknown[] =>
      [CONSTRUCTOR_ID, SUBCLASS_OF_ID, className, classType]
    expect(about(empty)).toEqual([0xfedcba98, 70, 'geo.Empty', 'constructor'])
    expect(Object.keys(empty)).toEqual([])
    const ask = new Ask()
    expect(about(ask)).toEqual([8, 80, 'geo.Ask', 'request'])
    expect([Empty.classType, Ask.classType, Ask.callableBy]).toEqual(['constructor', 'request', 'unknown'])
    expect(Empty.acceptedNames).toEqual([])
  })

  it('writes itself', () => {
    expect(hexOf(new Empty().getBytes())).toBe('98badcfe')
    expect(hexOf(new Ask().getBytes())).toBe('08000000')
  })

  it('without fields takes no argument', () => {
    expect(() => new Empty({})).not.toThrow()
    expect(() => new Empty(DECODED)).not.toThrow()
    expect(thrownBy(TlEncodeError, () => new Empty({ x: 1 } as never)).message).toBe('geo.empty.x: expected no arguments, got x')
    expect(Object.isFrozen(DECODED)).toBe(true)
  })

  it('does not look at the arguments of an object that is being read', () => {
    const before = Empty.acceptedNames
    void new Empty(DECODED)
    expect(Empty.acceptedNames).toBe(before)
  })

  it('as JSON has its class and its fields; longs are decimal strings', () => {
    const longs = { id: 2n ** 63n, ids: [1n, [-2n]] }
    const photo = new Photo({ ...longs, size: 5, title: 'x', none: undefined, big: bigInt(7), inner: new Empty() })
    expect(JSON.parse(JSON.stringify(photo))).toEqual({
      className: 'Photo',
      id: '9223372036854775808',
      ids: ['1', ['-2']],
      size: 5,
      title: 'x',
      big: '7',
      inner: { className: 'geo.Empty' },
    })
    expect(Object.keys(photo.toJSON())).toEqual(['className', 'id', 'ids', 'size', 'title', 'none', 'big', 'inner'])
  })
})

describe('on the console', () => {
  const custom = Symbol.for('nodejs.util.inspect.custom')

  it('an object is its class and the fields that are there, once that is installed', () => {
    const photo = new Photo({
      id: bigInt(7),
      ids: [bigInt(-1), 2n],
      none: undefined,
      nothing: null,
      title: 'x',
      bytes: Uint8Array.of(1),
      inner: new Photo({ deep: [bigInt(3)] }),
    })
    expect(Object.hasOwn(TlObject.prototype, custom)).toBe(false)
    installInspection()
    const installed = Object.getOwnPropertyDescriptor(TlObject.prototype, custom)
    expect(installed?.enumerable).toBe(false)
    installInspection()
    expect(Object.getOwnPropertyDescriptor(TlObject.prototype, custom)?.value).toBe(installed?.value)
    expect(inspect(photo, { breakLength: Infinity })).toBe(
      "Photo { id: 7n, ids: [ -1n, 2n ], nothing: null, title: 'x', bytes: Uint8Array(1) [ 1 ], inner: Photo { deep: [ 3n ] } }",
    )
    expect(inspect(new Empty())).toBe('geo.Empty {}')
  })

  it('options of the console hold', () => {
    expect(inspect(new Photo({ ids: [1, 2, 3] }), { maxArrayLength: 1 })).toBe('Photo { ids: [ 1, ... 2 more items ] }')
  })
})
