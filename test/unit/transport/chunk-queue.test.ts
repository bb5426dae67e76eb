import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat } from '../../../src/bytes/bytes.js'
import { markDisposable } from '../../../src/bytes/disposable.js'
import { ChunkQueue, isGathered } from '../../../src/transport/chunk-queue.js'
import { MAX_PADDING } from '../../../src/transport/limits.js'

describe('the queue of received bytes', () => {
  it('gives back what was put in, whatever the sizes of the pieces', () => {
    const sizes = fc.array(fc.record({ push: fc.oneof(fc.nat(40), fc.integer({ min: 2000, max: 9000 })), take: fc.nat(9000) }), { maxLength: 80 })
    fc.assert(
      fc.property(sizes, (steps) => {
        const queue = new ChunkQueue()
        let value = 0
        const put: Uint8Array[] = []
        const taken: Uint8Array[] = []
        for (const { push, take } of steps) {
          const chunk = Uint8Array.from({ length: push }, () => (value = (value * 5 + 1) & 255))
          put.push(chunk)
          queue.push(chunk)
          const count = Math.min(take, queue.length)
          if (count > 0) expect(queue.at(count - 1)).toBe(concat(...put)[concat(...taken).length + count - 1])
          taken.push(queue.take(count))
        }
        taken.push(queue.take(queue.length))
        expect(concat(...taken)).toEqual(concat(...put))
      }),
      { numRuns: 60 },
    )
  })
  it('says of what it has put together that nobody else has it, and disposes of the chunks that this took up', () => {
    const queue = new ChunkQueue()
    const chunks = [40_000, 50_000, 60_000, 70_000].map((length, n) => new Uint8Array(length).fill(n))
    chunks.filter((_, n) => n !== 2).forEach(markDisposable)
    chunks.forEach((chunk) => queue.push(chunk))
    expect(isGathered(queue.take(100))).toBe(false)
    const copy = queue.take(39_900 + 50_000 + 60_000 + 100)
    expect(isGathered(copy)).toBe(true)
    expect(isGathered(copy.subarray(0, -MAX_PADDING))).toBe(true)
    expect(isGathered(copy.subarray(0, -MAX_PADDING - 1))).toBe(false)
    expect(isGathered(copy.subarray(1))).toBe(false)
    expect([copy[0], copy[39_900], copy[89_900], copy[149_900]]).toEqual([0, 1, 2, 3])
    expect(chunks.map(({ length }) => length)).toEqual([40_000, 0, 60_000, 70_000])
    expect(queue.length).toBe(69_900)
    expect(queue.take(69_900).every((byte) => byte === 3)).toBe(true)
  })
  it('refuses to give more than it has', () => {
    const queue = new ChunkQueue()
    queue.push(Uint8Array.of(1, 2))
    expect(() => queue.take(3)).toThrow(RangeError)
    expect(() => queue.skip(3)).toThrow(RangeError)
    expect(() => queue.at(2)).toThrow(RangeError)
    expect(queue.take(2)).toEqual(Uint8Array.of(1, 2))
    expect(queue.take(0)).toHaveLength(0)
  })
  it('gives plain arrays, never the Buffers that it got', () => {
    const queue = new ChunkQueue()
    queue.push(Buffer.from([1, 2, 3]))
    queue.push(Buffer.alloc(5000))
    expect([queue.take(2), queue.take(4000)].map((piece) => piece.constructor)).toEqual([Uint8Array, Uint8Array])
  })
  it('does not change a piece that it handed out when more bytes come', () => {
    const queue = new ChunkQueue()
    for (const byte of [1, 2, 3]) queue.push(Uint8Array.of(byte))
    queue.skip(1)
    const piece = queue.take(1)
    for (const byte of [4, 5, 6]) queue.push(Uint8Array.of(byte))
    expect([piece, queue.take(4)]).toEqual([Uint8Array.of(2), Uint8Array.of(3, 4, 5, 6)])
  })
  it('forgets the chunks that were taken while others keep coming', () => {
    const queue = new ChunkQueue()
    let put = 0
    let taken = 0
    const chunk = (): Uint8Array => new Uint8Array(2048).fill(put++ & 255)
    for (let i = 0; i < 200; i++) queue.push(chunk())
    for (let i = 0; i < 2000; i++) {
      queue.push(chunk())
      const piece = queue.take(2048)
      expect(piece[0]! === (taken & 255) && piece[2047]! === (taken & 255)).toBe(true)
      taken++
    }
    expect([queue.length, queue.at(0)]).toEqual([200 * 2048, taken & 255])
  })
  it('takes 4 MiB in pieces of one byte without keeping an array for each', () => {
    const queue = new ChunkQueue()
    const before = process.memoryUsage().arrayBuffers
    const piece = Uint8Array.of(9)
    for (let i = 0; i < 4 * 1024 * 1024; i++) queue.push(piece)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(24 * 1024 * 1024)
    expect(queue.take(4 * 1024 * 1024).every((byte) => byte === 9)).toBe(true)
  })
})
