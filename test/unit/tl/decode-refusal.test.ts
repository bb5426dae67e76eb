import { describe, expect, it } from 'vitest'
import { TlDecodeError } from '../../../src/errors/codec.js'
import { decodeRefusal } from '../../../src/tl/decode-refusal.js'
import { formatId } from '../../../src/tl/ids.js'

class Photo {
  static readonly ID = 0x0a0b0c0d
  constructor(_: object) {
    Object.assign(this, { fileSize: undefined, topLeft: undefined })
  }
  get CONSTRUCTOR_ID(): number {
    return Photo.ID
  }
  get className(): string {
    return 'photos.Photo'
  }
}

/** A photo of which these fields were read. */
const photo = (fields: object): object => Object.assign(Object.create(Photo.prototype) as object, fields)
const REFUSAL = { offset: 4, expected: 'a', got: 'b' }

describe('the error for bytes that do not fit', () => {
  it('names the first field that is not there yet', () => {
    const error = decodeRefusal([photo({})], REFUSAL)
    expect(error).toBeInstanceOf(TlDecodeError)
    expect(error.message).toBe('photos.photo.file_size: expected a, got b at offset 4 (constructor 0x0a0b0c0d)')
    const { path, expected, got, offset, constructorId } = error
    expect([path, constructorId]).toEqual(['photos.photo.file_size', Photo.ID])
    expect({ expected, got, offset }).toEqual(REFUSAL)
    expect(decodeRefusal([photo({ fileSize: 1 })], REFUSAL).path).toBe('photos.photo.top_left')
    expect(decodeRefusal([photo({ fileSize: undefined })], REFUSAL).path).toBe('photos.photo.top_left')
  })

  it('names the object alone where all of its fields are there', () => {
    expect(decodeRefusal([photo({ fileSize: 1, topLeft: 2 })], REFUSAL).path).toBe('photos.photo')
  })

  it('goes through objects and arrays from the outside in', () => {
    const unfinished = [photo({ fileSize: 1 }), [photo({}), photo({})], photo({}), []]
    const error = decodeRefusal(unfinished, REFUSAL)
    expect(error.path).toBe('photos.photo.top_left[2].file_size[0]')
    expect(error.constructorId).toBe(Photo.ID)
    expect(decodeRefusal([[1], photo({})], REFUSAL).path).toBe('[1].file_size')
  })

  it('names a flag word, which is no field of the object, at the innermost object only', () => {
    const inner = [photo({ fileSize: 1 }), photo({})]
    expect(decodeRefusal(inner, { ...REFUSAL, field: 'flags2' }).path).toBe('photos.photo.top_left.flags2')
    expect(decodeRefusal([], { ...REFUSAL, field: 'flags' }).message).toBe('expected a, got b at offset 4')
  })

  it('has the id that was read, or else that of the innermost object, or none', () => {
    expect(decodeRefusal([photo({})], { ...REFUSAL, constructorId: 0 }).message).toBe(
      'photos.photo.file_size: expected a, got b at offset 4 (constructor 0x00000000)',
    )
    const without = decodeRefusal([], REFUSAL)
    expect(without.message).toBe('expected a, got b at offset 4')
    expect(without.path).toBe('')
    expect(without.constructorId).toBeUndefined()
    expect(decodeRefusal([[]], REFUSAL).message).toBe('[0]: expected a, got b at offset 4')
  })
})

describe('a constructor id', () => {
  it('is eight hex digits', () => {
    expect(formatId(0x1cb5c415)).toBe('0x1cb5c415')
    expect(formatId(10)).toBe('0x0000000a')
  })
})
