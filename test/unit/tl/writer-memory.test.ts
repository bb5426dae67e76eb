/** Where a writer's bytes lie: messages share memory, no byte of it belongs to two, and none is written behind its end. */
import { describe, expect, it } from 'vitest'
import { isDisposable } from '../../../src/bytes/disposable.js'
import { encodeOnce } from '../../../src/tl/encode-once.js'
import { writeLong } from '../../../src/tl/write-long.js'
import { Writer } from '../../../src/tl/writer.js'
import { ByHand, hexOf } from './written.js'

const POOL = 16_384

function message(length: number): Buffer {
  const w = new Writer()
  w.raw(new Uint8Array(length).fill(0xee))
  return w.finish()
}

/** Behind it a new pool of the usual size begins, with nothing in it. */
function startAnew(): void {
  message(POOL) // keeps its memory to itself, and asks for much at first
  message(0) // takes a large pool and little of it: the next asks for little
  message(4 * POOL) // does not fit, and keeps its memory to itself
  message(0)
  for (let i = 0; i < 100; i++) {
    if (message(0).buffer.byteLength === POOL) return
    message(1_000)
  }
  throw new Error('no pool of the usual size follows')
}

const spaceBehind = (last: Buffer): number => last.buffer.byteLength - last.byteOffset - last.length

/** Leaves exactly `left` bytes of the current pool, by messages that ask for little. Returns the last one. */
function leave(left: number): Buffer {
  let last = message(0)
  const { buffer } = last
  for (let i = 0; i < 20 && spaceBehind(last) > left; i++) last = message(Math.min(1_000, spaceBehind(last) - left))
  expect(spaceBehind(last)).toBe(left)
  expect(last.buffer).toBe(buffer)
  return last
}

describe('the memory of short messages', () => {
  it('is shared, 16 KiB at a time, and none of it is handed out twice', () => {
    startAnew()
    const messages = Array.from({ length: 100 }, (_, i) => message(i))
    messages.forEach((each, i) => each.fill(i))
    messages.forEach((each, i) => expect(each.every((byte) => byte === i) && each.length === i).toBe(true))
    const [first, second] = messages.slice(50)
    expect(second!.buffer).toBe(first!.buffer)
    expect(second!.byteOffset).toBe(first!.byteOffset + first!.length)
    expect(first!.buffer.byteLength).toBe(POOL)
  })

  it('is new when less than 1024 bytes are left, and shared when so many are', () => {
    startAnew()
    const last = leave(1_024)
    expect(message(4).buffer).toBe(last.buffer)
    const next = message(4)
    expect(next.buffer).not.toBe(last.buffer)
    expect(next.buffer.byteLength).toBe(POOL)
  })

  it('is new when less is left than the last message took', () => {
    startAnew()
    const { buffer } = leave(10_000)
    expect(message(5_000).buffer).toBe(buffer)
    expect(message(1).buffer).toBe(buffer)
    startAnew()
    const other = leave(9_999)
    expect(message(5_000).buffer).toBe(other.buffer)
    const next = message(1)
    expect(next.buffer).not.toBe(other.buffer)
    expect(next.buffer.byteLength).toBe(4 * 5_000)
  })

  it('is not kept by a long message: what follows lies elsewhere', () => {
    startAnew()
    message(4)
    const long = message(POOL) // moves to twice as much, of which half is left
    const next = message(4)
    expect(next.buffer).not.toBe(long.buffer)
    expect(next.buffer.byteLength).toBe(4 * POOL)
    const almost = message(POOL - 1)
    expect(almost.buffer).toBe(next.buffer)
    expect(message(4).buffer).toBe(next.buffer)
  })

  it('is shared by what `encode` writes, also after a refusal', () => {
    startAnew()
    const refused = new ByHand((w) => w.int('x'))
    expect(() => Writer.encode(refused)).toThrow('expected an int')
    const { buffer } = message(4)
    const object = new ByHand((w) => w.int(1))
    for (let i = 0; i < 3; i++) expect(Writer.encode(object).buffer).toBe(buffer)
    expect(message(4).buffer).toBe(buffer)
  })

  it('is as large for a message of any length as for the longest that share', () => {
    startAnew()
    message(100_000)
    expect(message(4).buffer.byteLength).toBe(4 * POOL)
  })

  it('a message that fits to the last byte stays; one byte more moves to twice as much, and no less than a pool', () => {
    for (const [more, stays] of [[0, true], [1, false]] as const) {
      startAnew()
      const { buffer, byteOffset } = message(0)
      const w = new Writer()
      w.raw(new Uint8Array(10).fill(1))
      w.raw(new Uint8Array(buffer.byteLength - byteOffset - 10 + more).fill(2))
      const written = w.finish()
      expect(written.buffer === buffer).toBe(stays)
      expect(hexOf(written.subarray(0, 12))).toBe('010101010101010101010202')
      expect(hexOf(written.subarray(-2))).toBe('0202')
      if (!stays) expect(written.buffer.byteLength).toBe(2 * written.length)
    }
    const w = new Writer()
    w.finish()
    w.int(1)
    expect(w.finish().buffer.byteLength).toBe(POOL)
  })
})

describe('the memory of long messages', () => {
  it('is not twice as much where one field is long, and may be disposed of', () => {
    startAnew()
    message(4)
    const written = encodeOnce(
      new ByHand((w) => {
        w.int(1)
        w.bytes(new Uint8Array(500_000))
        w.int(2)
      }),
    )
    expect(written.length).toBe(500_012)
    expect(written.buffer.byteLength).toBeLessThan(502_000)
    expect(isDisposable(written)).toBe(true)
  })

  it('is not disposed of where short messages lie in front of it', () => {
    startAnew()
    message(100_000)
    const short = message(4)
    const long = encodeOnce(new ByHand((w) => w.raw(new Uint8Array(40_000))))
    expect(long.buffer).toBe(short.buffer)
    expect(isDisposable(long)).toBe(false)
  })
})

describe('at the end of the memory', () => {
  const WRITES: readonly (readonly [string, (w: Writer) => void])[] = [
    ['an int', (w) => w.int(-2)],
    ['64 bits', (w) => writeLong(w, -3n)],
    ['raw bytes', (w) => w.raw(new Uint8Array(9).fill(7))],
    ['a short string', (w) => w.string('abcdefgh')],
    ['text of 48 characters', (w) => w.string('x'.repeat(48))],
    ['text of 49 characters', (w) => w.string('x'.repeat(49))],
    ['text that is no ASCII', (w) => w.string('語'.repeat(12))],
    ['text that has a long prefix', (w) => w.string('語'.repeat(85))],
    ['short bytes', (w) => w.bytes(new Uint8Array(12).fill(8))],
    ['bytes with a long prefix', (w) => w.bytes(new Uint8Array(255).fill(9))],
  ]

  it.each(WRITES)('%s is whole, however little is left', (_, write) => {
    const alone = new Writer()
    write(alone)
    const expected = hexOf(alone.finish())
    for (let left = 0; left < 300; left += left < 16 ? 1 : 5) {
      const { buffer, byteOffset } = message(0)
      const filler = new Uint8Array(((buffer.byteLength - byteOffset) & ~3) - (left & ~3)).fill(0xee)
      const w = new Writer()
      w.raw(filler)
      write(w)
      const whole = w.finish()
      expect(hexOf(whole.subarray(filler.length)), `${left} bytes left`).toBe(expected)
      expect(whole.subarray(0, filler.length).equals(filler)).toBe(true)
      message(left & 3)
    }
  })

  it('every message takes memory of its own', () => {
    const object = new ByHand((w) => w.raw(new Uint8Array(3_000).fill(5)))
    const all = Array.from({ length: 40 }, () => Writer.encode(object))
    expect(new Set(all.map(({ buffer }) => buffer)).size).toBeGreaterThan(1)
    all.forEach((each, i) => each.fill(i))
    all.forEach((each, i) => expect(each.every((byte) => byte === i)).toBe(true))
  })
})
