import { describe, expect, it } from 'vitest'
import { markDisposable } from '../../../src/bytes/disposable.js'
import { Uploads } from '../../../src/server/world/files.js'

const bytes = (length: number, value = 1): Uint8Array => new Uint8Array(length).fill(value)

describe('parts of an upload', () => {
  it('join in the order of their numbers, whatever order they came in', () => {
    const uploads = new Uploads().of(7n)
    expect(uploads.save(1n, 1, bytes(1024, 2), 3)).toBeUndefined()
    uploads.save(1n, 2, bytes(7, 3), 3)
    uploads.save(1n, 0, bytes(1024, 1), 3)
    const whole = uploads.finish(1n, 3) as Uint8Array
    expect(whole.length).toBe(2055)
    expect([whole[0], whole[1024], whole[2054]]).toEqual([1, 2, 3])
    expect(uploads.has(1n)).toBe(false)
  })

  it('name the part that is missing', () => {
    const uploads = new Uploads().of(7n)
    uploads.save(1n, 0, bytes(1024))
    uploads.save(1n, 2, bytes(1024))
    expect(uploads.finish(1n, 3)).toBe('FILE_PART_1_MISSING')
  })

  it('are as many as was said with them', () => {
    const uploads = new Uploads().of(7n)
    uploads.save(1n, 0, bytes(1024), -1)
    uploads.save(1n, 1, bytes(1024), 3)
    expect(uploads.finish(1n, 2)).toBe('FILE_PARTS_INVALID')
    uploads.save(1n, 1, bytes(1024), 2)
    expect((uploads.finish(1n, 2) as Uint8Array).length).toBe(2048)
  })

  it('have to have the checksum that the client gives, if it gives one, and stay until they do', () => {
    const uploads = new Uploads().of(7n)
    uploads.save(1n, 0, new TextEncoder().encode('abc'))
    expect(uploads.finish(1n, 1, '900150983cd24fb0d6963f7d28e17f73')).toBe('MD5_CHECKSUM_INVALID')
    expect(uploads.has(1n)).toBe(true)
    // RFC 1321, appendix A.5
    expect(uploads.finish(1n, 1, '900150983cd24fb0d6963f7d28e17f72')).toHaveLength(3)
    uploads.save(2n, 0, bytes(5))
    expect(uploads.finish(2n, 1, '')).toHaveLength(5)
  })

  it('all but the last have one size, which divides 512 KB and is a multiple of 1 KB', () => {
    const uploads = new Uploads().of(7n)
    uploads.save(1n, 0, bytes(1024))
    uploads.save(1n, 1, bytes(2048))
    uploads.save(1n, 2, bytes(1))
    expect(uploads.finish(1n, 3)).toBe('FILE_PART_SIZE_CHANGED')
    for (const wrong of [1000, 3 * 1024]) {
      uploads.save(2n, 0, bytes(wrong))
      uploads.save(2n, 1, bytes(1))
      expect(uploads.finish(2n, 2)).toBe('FILE_PART_SIZE_INVALID')
    }
  })

  it('are refused when empty, too big or out of range', () => {
    const uploads = new Uploads().of(7n)
    expect(uploads.save(1n, 0, bytes(0))).toBe('FILE_PART_EMPTY')
    expect(uploads.save(1n, 0, bytes(524_289))).toBe('FILE_PART_TOO_BIG')
    expect(uploads.save(1n, -1, bytes(1))).toBe('FILE_PART_INVALID')
    expect(uploads.save(1n, 8000, bytes(1))).toBe('FILE_PART_INVALID')
    expect(uploads.save(1n, 0, bytes(1), 0)).toBe('FILE_PARTS_INVALID')
    expect(uploads.save(1n, 0, bytes(1), -1)).toBeUndefined()
  })

  it('are forgotten where there are too many, those that have waited longest for another part first', () => {
    const uploads = new Uploads(10_000).of(7n)
    uploads.save(1n, 0, bytes(4096))
    uploads.save(2n, 0, bytes(4096))
    uploads.save(2n, 0, bytes(4096)) // the same part again counts once
    uploads.save(1n, 1, bytes(1024))
    uploads.lose(1n, 1)
    uploads.save(3n, 0, bytes(1024))
    expect([1n, 2n, 3n].map((id) => uploads.has(id))).toEqual([true, true, true])
    uploads.save(3n, 1, bytes(1024))
    expect([1n, 2n, 3n].map((id) => uploads.has(id))).toEqual([true, false, true])
    expect(uploads.finish(1n, 1)).toHaveLength(4096)
    uploads.save(4n, 0, bytes(7000))
    expect([3n, 4n].map((id) => uploads.has(id))).toEqual([true, true])
    uploads.save(5n, 0, bytes(20_000))
    expect([3n, 4n, 5n].map((id) => uploads.has(id))).toEqual([false, false, true])
  })

  it('free the memory of a part when another one takes its place, and of all when the file is joined', () => {
    const part = (marked: boolean): Uint8Array => {
      const bytes = new Uint8Array(65_536).fill(7)
      if (marked) markDisposable(bytes)
      return bytes
    }
    const uploads = new Uploads().of(7n)
    const [replaced, kept, own, last] = [part(true), part(false), part(false), part(true)]
    uploads.save(1n, 0, replaced)
    uploads.save(1n, 0, kept)
    uploads.save(1n, 1, own)
    uploads.save(1n, 1, last)
    uploads.save(1n, 1, last)
    expect([replaced, kept, own, last].map(({ length }) => length)).toEqual([0, 65_536, 65_536, 65_536])
    expect(uploads.finish(1n, 2)).toEqual(new Uint8Array(131_072).fill(7))
    expect([kept, own, last].map(({ length }) => length)).toEqual([65_536, 65_536, 0])
  })
})
