import { describe, expect, it } from 'vitest'
import { TlEncodeError } from '../../../src/errors/codec.js'
import { refusal, type Misfit } from '../../../src/tl/encode-refusal.js'
import { tied, tiedFields } from '../../../src/tl/flags.js'
import { locate } from '../../../src/tl/locate.js'
import { writeRaw } from '../../../src/tl/write-raw.js'
import { Writable, Writer } from '../../../src/tl/writer.js'
import { ByHand, thrownBy } from './written.js'

class Photo extends Writable {
  readonly className: string = 'photos.Photo'
  fileSize: unknown
  topLeft: unknown
  topRight: unknown
  bottomLeft: unknown
  constructor(fields: object) {
    super()
    Object.assign(this, fields)
  }
  override write(w: Writer): void {
    w.begin(1, 'Photo')
    w.flags(tiedFields(this.topLeft != null, this.topRight != null, this.bottomLeft != null) ? 1 : 0)
    w.int(this.fileSize)
  }
}

class Album extends Writable {
  first: unknown
  lastDate: unknown
  lastLink: unknown
  constructor(fields: object) {
    super()
    Object.assign(this, fields)
  }
  override write(w: Writer): void {
    w.flags(tied(this.lastDate != null, this.lastLink != null) ? 1 : 0)
    if (this.first != null) w.boxed(this.first, 'Photo')
  }
}

const refused = (object: Writable): TlEncodeError => thrownBy(TlEncodeError, () => Writer.encode(object))

describe('where a refused value lies', () => {
  it('stays what it is when an object encodes another while it writes itself', () => {
    const outer = new ByHand((w) => writeRaw(w, Writer.encode(new Photo({ fileSize: 'x' }))))
    expect(refused(outer).path).toBe('photos.photo.file_size')
  })

  it('is a path from the name of the object, in the spelling of TL', () => {
    const error = refused(new Photo({ fileSize: 'x' }))
    expect(error.message).toBe('photos.photo.file_size: expected an int, -2^31 to 2^31-1, got "x"')
    expect(error.path).toBe('photos.photo.file_size')
  })

  it('begins with the field where the object has no name', () => {
    expect(refused(new Album({ first: new Photo({ fileSize: 0.5 }) })).path).toBe('first.file_size')
  })

  it('is the field that is missing of those that share a bit: of two', () => {
    expect(refused(new Album({ lastDate: 1 })).message).toBe(
      'last_link: expected last_date and last_link together, for they share one flag bit, got last_date alone',
    )
    expect(refused(new Album({ lastLink: 1 })).path).toBe('last_date')
  })

  it('is the first field that is missing: of many, and inside another object', () => {
    const first = new Photo({ fileSize: 1, topLeft: 1, bottomLeft: 0 })
    const { message, path, expected, got } = refused(new Album({ first }))
    expect(path).toBe('first.top_right')
    expect(expected).toBe('top_left, top_right, bottom_left together, for they share one flag bit')
    expect(got).toBe('top_left, bottom_left alone')
    expect(message).toBe(`first.top_right: expected ${expected}, got ${got}`)
  })

  it('is left to whoever throws an error of its own', () => {
    const own = new TlEncodeError('a photo has no size', { expected: 'a', got: 'b' })
    for (const error of [own, new RangeError('too far'), undefined, null, 'text']) {
      class Damaged extends Photo {
        override write(): void {
          throw error
        }
      }
      let thrown: unknown = 'nothing'
      try {
        Writer.encode(new Damaged({}))
      } catch (caught) {
        thrown = caught
      }
      expect(thrown).toBe(error)
    }
  })

  it('stays that of an object that was encoded on the way', () => {
    class Advised extends Photo {
      override write(): void {
        void this.fileSize
        throw refusal('a', 'b', 'do c')
      }
    }
    class Sealed extends Photo {
      override write(): void {
        Writer.encode(new Advised({}))
      }
    }
    expect(refused(new Sealed({})).path).toBe('photos.photo.file_size')
  })

  it('is told with the advice that the refusal had', () => {
    const misfit = refusal('a', 'b', 'do c') as Misfit
    class Damaged extends Photo {
      override write(): void {
        void this.fileSize
        throw misfit
      }
    }
    const error = locate(misfit, new Damaged({}), new Writer(0))
    expect(error).toMatchObject({ path: 'photos.photo.file_size', message: 'photos.photo.file_size: expected a, got b; do c' })
  })
})
