import { describe, expect, it } from 'vitest'
import { gzip } from '../../../src/crypto/gzip.node.js'
import { CallBook } from '../../../src/mtproto/engine/call-book.js'
import { Heartbeat } from '../../../src/mtproto/engine/heartbeat.js'
import { readAnswer } from '../../../src/mtproto/engine/answers.js'
import {
  MIN_PACKED_BYTES,
  PING_INTERVAL_MS,
  PONG_HARD_TIMEOUT_MS,
  PONG_TIMEOUT_MS,
} from '../../../src/mtproto/limits.js'
import { gzipPacked, pack, unpack } from '../../../src/mtproto/packed.js'
import { RemoteError } from '../../../src/errors/errors.js'
import { seededRandom } from '../../../src/platform/manual.js'
import * as Mt from '../../../generated/mtproto/index.js'

const body = new Uint8Array(8)

describe('the calls that wait', () => {
  it('leave in their order; those that go out again come first', () => {
    const book = new CallBook()
    const [a, b, c] = [book.add(body), book.add(body), book.add(body)]
    expect(book.peek(false)).toBe(a)
    book.take(a)
    book.take(b)
    book.sendAgain(a)
    expect(book.peek(false)).toBe(a)
    book.take(a)
    expect(book.peek(false)).toBe(c)
    book.take(c)
    expect(book.peek(false)).toBeUndefined()
    expect(book.size).toBe(3)
  })
  it('pass over what was cancelled, and over what must wait when only harmless calls may go', () => {
    const book = new CallBook()
    const [a, b, c] = [book.add(body), book.add(body, { idempotent: true }), book.add(body)]
    expect(book.peek(true)).toBe(b)
    book.take(b)
    expect(book.peek(true)).toBeUndefined()
    book.end(a)
    expect(book.peek(false)).toBe(c)
    book.take(c)
    book.sendAgain(b)
    book.end(b)
    expect(book.peek(false)).toBeUndefined()
    expect(book.get(b.id)).toBeUndefined()
    const later = book.add(body)
    expect(book.peek(false)).toBe(later)
  })
})

describe('the heartbeat', () => {
  const random = seededRandom(1)
  it('pings at once and then regularly, and waits for the pong of the first ping that is open', () => {
    const heartbeat = new Heartbeat()
    expect([heartbeat.takePing(0, random), heartbeat.dueMs()]).toEqual([undefined, Infinity])
    heartbeat.start(1000)
    const first = heartbeat.takePing(1000, random)!
    expect(heartbeat.takePing(1001, random)).toBeUndefined()
    expect(heartbeat.deadMs()).toBe(1000 + PONG_TIMEOUT_MS)
    expect(heartbeat.takePing(1000 + PING_INTERVAL_MS, random)).toBe(first)
    expect([heartbeat.pong(first + 1n, 1500), heartbeat.pong(first, 1500), heartbeat.pong(first, 1500)]).toEqual(
      [false, true, false],
    )
    expect(heartbeat.deadMs()).toBe(Infinity)
  })
  it('gives a busy link more time, but not without end', () => {
    const heartbeat = new Heartbeat()
    heartbeat.start(0)
    heartbeat.takePing(0, random)
    heartbeat.heard(15_000)
    expect(heartbeat.deadMs()).toBe(15_000 + PONG_TIMEOUT_MS)
    heartbeat.heard(59_000)
    expect(heartbeat.deadMs()).toBe(PONG_HARD_TIMEOUT_MS)
    heartbeat.stop()
    expect(heartbeat.dueMs()).toBe(Infinity)
  })
  it('asks sooner when something speaks for it', () => {
    const heartbeat = new Heartbeat()
    heartbeat.start(0)
    heartbeat.pong(heartbeat.takePing(0, random)!, 10)
    heartbeat.hasten(100)
    expect(heartbeat.takePing(100, random)).toBeDefined()
  })
})

describe('packed objects', () => {
  it('are packed when that makes them shorter, and come out the same', () => {
    const long = new Uint8Array(MIN_PACKED_BYTES).fill(7)
    const packed = pack(long)
    expect(packed.length).toBeLessThan(long.length)
    expect([...unpack(packed)]).toEqual([...long])
    expect(pack(long.subarray(1))).toHaveLength(MIN_PACKED_BYTES - 1)
    const noise = seededRandom(3).fill(new Uint8Array(4096))
    expect(pack(noise)).toBe(noise)
  })
  it('are one level deep, whole, and not too long', () => {
    expect(() => unpack(gzipPacked(gzip(gzipPacked(gzip(body)))))).toThrow(/another/)
    expect(() => unpack(gzipPacked(Uint8Array.of(1, 2, 3)))).toThrow(RemoteError)
    expect(() => unpack(gzipPacked(gzip(new Uint8Array(20_000_000))))).toThrow(/unfolds/)
  })
})

describe('an answer', () => {
  it('is a raw body, or a refusal taken apart', () => {
    expect(readAnswer(body)).toEqual({ body })
    const refusal = new Mt.RpcError({ errorCode: 420, errorMessage: 'FLOOD_WAIT_3' }).getBytes()
    expect(readAnswer(refusal)).toEqual({ refusal: { code: 420, message: 'FLOOD_WAIT_3' } })
    expect(() => readAnswer(refusal.subarray(0, 9))).toThrow(RemoteError)
  })
})
