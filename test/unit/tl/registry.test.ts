import { describe, expect, it } from 'vitest'
import { TlDecodeError } from '../../../src/errors/codec.js'
import { LocalError } from '../../../src/errors/errors.js'
import { installReadHooks } from '../../../src/tl/hooks.js'
import { TlObject, TlRequest } from '../../../src/tl/object.js'
import { Reader } from '../../../src/tl/reader.js'
import { ObjectRegistry, RequestRegistry, ResultRegistry } from '../../../src/tl/registry.js'
import type { TlClass } from '../../../src/tl/object.js'
import type { Writer } from '../../../src/tl/writer.js'
import { thrownBy } from './written.js'

class Photo extends TlObject {
  static readonly CONSTRUCTOR_ID = 7
  static readonly SUBCLASS_OF_ID = 70
  static readonly className = 'Photo'
  override write(w: Writer): void {
    w.begin(7, 'Photo')
  }
}

/** The same definition in another generated API. */
class Namesake extends TlObject {
  static readonly CONSTRUCTOR_ID = 7
  static readonly SUBCLASS_OF_ID = 70
  static readonly className = 'Photo'
  override write(w: Writer): void {
    w.begin(7, 'Photo')
  }
}

class Ask extends TlRequest<number> {
  static readonly CONSTRUCTOR_ID = 8
  static readonly SUBCLASS_OF_ID = 80
  static readonly className: string = 'geo.Ask'
  override write(w: Writer): void {
    w.beginRequest(8)
  }
}

class Wrap extends TlRequest<unknown> {
  static readonly CONSTRUCTOR_ID = 9
  static readonly SUBCLASS_OF_ID = 90
  static readonly className = 'Wrap'
  query: unknown
  constructor(query: unknown) {
    super()
    this.query = query
  }
  override write(w: Writer): void {
    w.beginRequest(9)
  }
}

class Unknown extends Ask {
  static override readonly CONSTRUCTOR_ID = 99 as never
  static override readonly className = 'geo.Unknown'
}

const ints = (...values: number[]): Reader => new Reader(new Uint8Array(Int32Array.from(values).buffer))

describe('a registry of objects', () => {
  let built = 0
  const registry = new ObjectRegistry('layer 1', [
    (add) => {
      built++
      add(Photo, () => new Photo())
    },
    () => {},
  ])

  it('is put together once, at the first look', () => {
    expect(built).toBe(0)
    expect(registry.find(Photo)!(ints())).toBeInstanceOf(Photo)
    expect(registry.find(class extends Photo {})).toBeTypeOf('function')
    expect(registry.find(Namesake)).toBeUndefined()
    expect(built).toBe(1)
  })

  it('reads by the id in front', () => {
    expect(registry.read(ints(7))).toBeInstanceOf(Photo)
    expect(thrownBy(TlDecodeError, () => registry.read(ints(8))).message).toBe(
      'expected a constructor of layer 1, got 0x00000008 at offset 0 (constructor 0x00000008)',
    )
  })
})

describe('a registry of answers', () => {
  const registry = new ResultRegistry([(add) => add(Ask, (r) => r.int())])

  it('reads by the method that asked, through any number of wrappers', () => {
    expect(registry.read(new Ask(), ints(5))).toBe(5)
    expect(registry.read(new Wrap(new Wrap(new Ask())), ints(6))).toBe(6)
    expect(registry.find(new Ask())).toBeTypeOf('function')
  })

  it('prefers what a method says of itself to the call that it takes', () => {
    const own = new ResultRegistry([(add) => (add(Ask, (r) => r.int()), add(Wrap, (r) => -r.int()))])
    expect(own.read(new Wrap(new Ask()), ints(5))).toBe(-5)
  })

  it('leaves the methods of another generated API to its own registry, inside a wrapper of this one as well', () => {
    class OtherAsk extends TlRequest<number> {
      static readonly CONSTRUCTOR_ID = Ask.CONSTRUCTOR_ID
      static readonly SUBCLASS_OF_ID = Ask.SUBCLASS_OF_ID
      static readonly className = Ask.className
      override write(w: Writer): void {
        w.beginRequest(8)
      }
    }
    expect(registry.find(new OtherAsk())).toBeUndefined()
    const other = new ResultRegistry([(add) => add(OtherAsk, (r) => -r.int())])
    installReadHooks({ answer: (request) => other.find(request) })
    expect(registry.read(new OtherAsk(), ints(5))).toBe(-5)
    expect(registry.read(new Wrap(new OtherAsk()), ints(5))).toBe(-5)
    expect(registry.read(new Ask(), ints(5))).toBe(5)
  })

  it('refuses methods of another schema', () => {
    for (const request of [new Unknown(), new Wrap(new Unknown()), new Wrap({ CONSTRUCTOR_ID: 8 }), new Wrap(undefined)]) {
      const error = thrownBy(LocalError, () => registry.read(request, ints(5)))
      expect(error.message).toBe(`${request.className} is no method of this schema`)
      expect(error.failure).toBe('argument')
    }
  })
})

describe('a registry of calls', () => {
  const registry = new RequestRegistry('layer 1', [
    (add) => add(Ask, () => new Ask()),
    (add) => add(Wrap, (r, readQuery) => new Wrap(readQuery(r))),
  ])

  it('reads by the id in front, calls inside calls too', () => {
    const read = registry.read(ints(9, 8)) as Wrap
    expect(read).toBeInstanceOf(Wrap)
    expect(read.query).toBeInstanceOf(Ask)
    expect(thrownBy(TlDecodeError, () => registry.read(ints(9, 7))).message).toBe(
      'expected a constructor of the methods of layer 1, got 0x00000007 at offset 4 (constructor 0x00000007)',
    )
  })
})

describe('classes that find their reader', () => {
  const photo = (): Photo => Photo.fromReader(ints())

  it('cannot before a registry is loaded', () => {
    const error = thrownBy(LocalError, photo)
    expect(error.message).toBe('Photo cannot be read: no registry that is loaded knows it')
    expect(error.failure).toBe('state')
    expect(() => new Ask().readResult(ints(5))).toThrow('geo.Ask cannot be read: no registry that is loaded knows it')
  })

  it('ask each registry in turn for what they need', () => {
    const known = (of: TlClass | TlRequest, name: string): boolean => of.className === name
    installReadHooks({ fields: () => undefined })
    installReadHooks({ fields: (of) => (known(of as TlClass, 'Photo') ? () => new Photo() : undefined) })
    installReadHooks({ answer: (of) => (known(of as TlRequest, 'geo.Ask') ? (r) => r.int() : undefined) })
    expect(photo()).toBeInstanceOf(Photo)
    expect(new Ask().readResult(ints(5))).toBe(5)
    expect(() => new Unknown().readResult(ints(5))).toThrow('geo.Unknown cannot be read')
    expect(() => Ask.fromReader(ints())).toThrow('geo.Ask cannot be read')
  })
})
