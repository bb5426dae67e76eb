/** Where a writer's bytes lie: messages share memory, no byte of it belongs to two, and none is written behind its end. */
import { describe, expect, it } from 'vitest'
import { isDisposable } from '../../../src/bytes/disposable.js'
import { encodeOnce } from '../../../src/tl/encode-once.js'
import { writeLong } from '../../../src/tl/write-long.js'
import { writeInt128 } from '../../../src/tl/write-wide.js'
import { encodeWith } from '../../../src/tl/encode-with.js'
import { writeRaw } from '../../../src/tl/write-raw.js'
import { Writer } from '../../../src/tl/writer.js'
import { ByHand, hexOf, written } from './written.js'

/** Memory that messages share, and the length from which on they do not. */
const POOL = 65_536
const LONG = 16_384

const encode = (write: (w: Writer) => void): Buffer => encodeWith(write)
const message = (length: number): Buffer => encode((w) => writeRaw(w, new Uint8Array(length).fill(0xee)))
const spaceBehind = (last: Buffer): number => last.buffer.byteLength - last.byteOffset - last.length

/** Short messages, until exactly `left` bytes are left behind the last one, which is returned. */
function fill(last: Buffer, left: number): Buffer {
  while (spaceBehind(last) > left) last = message(Math.min(1_000, spaceBehind(last) - left))
  expect(spaceBehind(last)).toBe(left)
  return last
}

/** Behind it new memory begins. */
function startAnew(): void {
  fill(message(4), LONG - 4)
}

/** Leaves exactly `left` bytes of new memory, behind short messages. Returns the last one. */
function leave(left: number): Buffer {
  startAnew()
  const first = message(0)
  const last = fill(first, left)
  expect(last.buffer).toBe(first.buffer)
  return last
}

describe('the memory of short messages', () => {
  it('is shared, 64 KiB at a time, and none of it is handed out twice', () => {
    startAnew()
    const messages = Array.from({ length: 60 }, (_, i) => message(4 * i))
    messages.forEach((each, i) => each.fill(i))
    messages.forEach((each, i) => expect(each.every((byte) => byte === i) && each.length === 4 * i).toBe(true))
    const [first, second] = messages.slice(50)
    expect(second!.buffer).toBe(first!.buffer)
    expect(second!.byteOffset).toBe(first!.byteOffset + first!.length)
    expect(first!.buffer.byteLength).toBe(POOL)
  })

  it('is new when there is no room for a long message, and shared when there is', () => {
    const last = leave(LONG)
    expect(message(4).buffer).toBe(last.buffer)
    const next = message(4)
    expect(next.buffer).not.toBe(last.buffer)
    expect(next.buffer.byteLength).toBe(POOL)
  })

  it('is not what is left behind a long message', () => {
    startAnew()
    const first = message(4)
    const almost = message(LONG - 4)
    const long = message(LONG)
    expect(almost.buffer).toBe(first.buffer)
    expect(long.buffer).toBe(first.buffer)
    expect(message(4).buffer).not.toBe(long.buffer)
  })

  it('is given up after a refusal, and what follows is whole', () => {
    const { buffer } = leave(30_000)
    const refused = new ByHand((w) => {
      w.string('left behind')
      w.int('x')
    })
    expect(() => Writer.encode(refused)).toThrow('expected an int')
    const next = encode((w) => w.int(1))
    expect(next.buffer).not.toBe(buffer)
    expect(hexOf(next)).toBe('01000000')
  })
})

describe('a message for which there is too little room', () => {
  it.each([
    [0, 1],
    [4, 2],
  ])('%i bytes too few: is written %i times', (more, times) => {
    const { buffer } = leave(LONG)
    let calls = 0
    const whole = encode((w) => {
      calls++
      writeRaw(w, new Uint8Array(12).fill(1))
      writeRaw(w, new Uint8Array(LONG - 12 + more).fill(2))
    })
    expect(calls).toBe(times)
    expect(whole.buffer === buffer).toBe(times === 1)
    expect(whole.length).toBe(LONG + more)
    expect(hexOf(whole.subarray(8, 16))).toBe('0101010102020202')
    expect(hexOf(whole.subarray(-4))).toBe('02020202')
    if (times === 2) expect(whole.buffer.byteLength).toBe(whole.length)
  })

  it('is whole though it grows from one time to the next', () => {
    const { buffer } = leave(LONG)
    let length = LONG
    const whole = encode((w) => {
      length += 4
      writeRaw(w, new Uint8Array(length).fill(length))
      if (length > LONG + 12) length -= 4
    })
    expect(whole.buffer).not.toBe(buffer)
    expect(whole.length).toBe(LONG + 16)
    expect(hexOf(whole.subarray(-4))).toBe('10101010')
  })

  it('is checked as any other: a refusal behind the end says where', () => {
    leave(LONG)
    const refused = new ByHand((w) => {
      writeRaw(w, new Uint8Array(20_000))
      w.int(2 ** 31)
    })
    expect(() => Writer.encode(refused)).toThrow('expected an int, -2^31 to 2^31-1, got 2147483648')
  })
})

describe('the memory of long messages', () => {
  it('is as much as they take, and may be disposed of', () => {
    startAnew()
    message(4)
    const long = encodeOnce(
      new ByHand((w) => {
        w.int(1)
        w.bytes(new Uint8Array(500_000))
        w.int(2)
      }),
    )
    expect(long.length).toBe(500_012)
    expect(long.buffer.byteLength).toBe(500_012)
    expect(isDisposable(long)).toBe(true)
  })

  it('is not disposed of where short messages lie in front of it', () => {
    startAnew()
    const short = encodeOnce(new ByHand((w) => w.int(1)))
    expect(short.byteOffset).toBe(0)
    const long = encodeOnce(new ByHand((w) => writeRaw(w, new Uint8Array(40_000))))
    expect(long.buffer).toBe(short.buffer)
    expect(isDisposable(long)).toBe(false)
  })
})

describe('at the end of the memory', () => {
  const WRITES: readonly (readonly [string, (w: Writer) => void])[] = [
    ['an int', (w) => w.int(-2)],
    ['64 bits', (w) => writeLong(w, -3n)],
    ['128 bits', (w) => writeInt128(w, -3n)],
    ['raw bytes', (w) => writeRaw(w, new Uint8Array(12).fill(7))],
    ['a short string', (w) => w.string('abcdefgh')],
    ['text of 48 characters', (w) => w.string('x'.repeat(48))],
    ['text of 49 characters', (w) => w.string('x'.repeat(49))],
    ['letters of two bytes', (w) => w.string('жщabж'.repeat(5))],
    ['text that is no ASCII', (w) => w.string('語'.repeat(12))],
    ['text that has a long prefix', (w) => w.string('語'.repeat(85))],
    ['short bytes', (w) => w.bytes(new Uint8Array(12).fill(8))],
    ['bytes with a long prefix', (w) => w.bytes(new Uint8Array(255).fill(9))],
  ]

  it.each(WRITES)('%s is whole, however little is left', (_, write) => {
    const expected = written(write)
    for (let left = 0; left < 300; left += 4) {
      const { buffer, byteOffset, length } = message(4)
      const filler = new Uint8Array(buffer.byteLength - byteOffset - length - left).fill(0xee)
      const whole = encode((w) => {
        writeRaw(w, filler)
        write(w)
      })
      expect(hexOf(whole.subarray(filler.length)), `${left} bytes left`).toBe(expected)
      expect(whole.subarray(0, filler.length).equals(filler)).toBe(true)
    }
  })

  it('every message takes memory of its own', () => {
    const object = new ByHand((w) => writeRaw(w, new Uint8Array(3_000).fill(5)))
    const all = Array.from({ length: 40 }, () => Writer.encode(object))
    expect(new Set(all.map(({ buffer }) => buffer)).size).toBeGreaterThan(1)
    all.forEach((each, i) => each.fill(i))
    all.forEach((each, i) => expect(each.every((byte) => byte === i)).toBe(true))
  })
})
