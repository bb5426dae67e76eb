import { describe, expect, it } from 'vitest'
import { concat } from '../../src/bytes/bytes.js'
import { gzip } from '../../src/crypto/gzip.node.js'
import { TlDecodeError } from '../../src/errors/codec.js'
import { RemoteError } from '../../src/errors/errors.js'
import { readExactly } from '../../src/mtproto/service-codec.js'
import { unpack } from '../../src/mtproto/packed.js'
import { Reader } from '../../src/tl/reader.js'
import { readBytes, readInt, readVector } from '../../src/tl/read-vector.js'
import * as Mt from '../../generated/mtproto/index.js'
import { readObject } from '../../generated/api/registry.js'
import { establishedPeer } from './peer.js'

const words = (...values: number[]): Uint8Array => {
  const bytes = new Uint8Array(4 * values.length)
  const view = new DataView(bytes.buffer)
  values.forEach((value, index) => view.setUint32(4 * index, value >>> 0, true))
  return bytes
}

const repeated = (bytes: Uint8Array, times: number): Uint8Array => {
  const all = new Uint8Array(bytes.length * times)
  for (let i = 0; i < times; i++) all.set(bytes, i * bytes.length)
  return all
}

/** What an action throws, and that it neither reads on nor keeps memory: refused within the first 64 levels of 12 bytes. */
function refusalOf(action: () => unknown): unknown {
  const beforeBytes = process.memoryUsage().rss
  let thrown: unknown
  try {
    action()
  } catch (error) {
    thrown = error
  }
  if (thrown instanceof TlDecodeError) expect(thrown.offset).toBeLessThanOrEqual(64 * 12)
  expect(process.memoryUsage().rss - beforeBytes).toBeLessThan(8_000_000)
  return thrown
}

const VECTOR = 0x1cb5c415
const MSGS_ACK = 0x62d6b459

describe('limits of the TL reader', () => {
  it('L1: a vector that cannot fit is refused before anything is read or allocated', () => {
    for (const count of [0x7fff_ffff, 0x8000_0000, 0xffff_ffff]) {
      const bytes = words(VECTOR, count, 0, 0, 0, 0)
      const readers: ((reader: Reader) => unknown)[] = [
        (reader) => readVector(reader, readBytes, 4),
        (reader) => readVector(reader, readInt, 4),
        (reader) => readVector(reader, (r) => r.raw(16), 16),
      ]
      for (const read of readers) expect(refusalOf(() => read(new Reader(bytes)))).toBeInstanceOf(TlDecodeError)
      const acks = words(MSGS_ACK, VECTOR, count, 0, 0)
      expect(refusalOf(() => readExactly(acks, Mt.MsgsAck))).toBeInstanceOf(TlDecodeError)
      const peer = establishedPeer()
      peer.send(acks)
      expect(peer.lost.map(({ error }) => error.failure)).toEqual(['decode'])
    }
  })

  it('L2: objects, vectors and packed objects in each other are followed to a bounded depth', () => {
    // jsonArray#f7444763 value:Vector<JSONValue> = JSONValue; holds itself.
    const nested = repeated(words(0xf7444763, VECTOR, 1), 100_000)
    expect(refusalOf(() => readObject(new Reader(nested)))).toBeInstanceOf(TlDecodeError)
    const packed = (object: Uint8Array): Uint8Array => {
      const squeezed = gzip(object)
      const length = squeezed.length
      const head = length < 254 ? Uint8Array.of(length) : Uint8Array.of(254, length & 255, length >> 8, 0)
      const body = concat(words(0x3072cfa1), head, squeezed)
      return concat(body, new Uint8Array((4 - (body.length % 4)) % 4))
    }
    let object: Uint8Array = words(0x3f6d7b68)
    for (let level = 0; level < 50; level++) object = packed(object)
    expect(refusalOf(() => unpack(object))).toBeInstanceOf(RemoteError)
    const peer = establishedPeer()
    peer.send(object)
    expect(peer.eventsOf('message')).toEqual([])
  })

  it('L3: a string that ends behind the body is refused', () => {
    const long = concat(words(0x2144ca19, 400), Uint8Array.of(254, 255, 255, 255), new Uint8Array(28))
    const short = concat(words(0x2144ca19, 400), Uint8Array.of(253, 65, 65, 65), new Uint8Array(28))
    for (const body of [long, short]) {
      expect(refusalOf(() => readExactly(body, Mt.RpcError))).toBeInstanceOf(TlDecodeError)
    }
    const whole = new Mt.RpcError({ errorCode: 1, errorMessage: 'x'.repeat(19) }).getBytes()
    for (let cut = 0; cut < whole.length; cut++) {
      expect(refusalOf(() => readExactly(whole.subarray(0, cut), Mt.RpcError)), `cut after ${cut}`).toBeInstanceOf(
        TlDecodeError,
      )
    }
  })
})
