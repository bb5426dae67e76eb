import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes/hex.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { abridged } from '../../../src/transport/abridged.js'
import type { TransportCodec } from '../../../src/transport/codec.js'
import { full } from '../../../src/transport/full.js'
import { intermediate } from '../../../src/transport/intermediate.js'
import { padded } from '../../../src/transport/padded.js'
import { frameAround, payloadWithRoom } from '../../../src/transport/room.js'

const FRAMINGS: readonly (readonly [name: string, create: () => TransportCodec])[] = [
  ['abridged', () => abridged()],
  ['intermediate', () => intermediate()],
  ['padded', () => padded(seededRandom(7))],
  ['full', () => full()],
]

function roomy(length: number): Uint8Array {
  const payload = payloadWithRoom(length)
  payload.set(seededRandom(length).fill(new Uint8Array(length)))
  return payload
}

describe('a payload with room around it', () => {
  it.each(FRAMINGS)('is framed by %s in its place, once, with the bytes that a copy has', (_, create) => {
    for (const length of [4096, 5000, 100_000]) {
      const payload = roomy(length)
      const copy = payload.slice()
      const codec = create()
      const expected = create()
      const first = codec.encode(payload)
      expect(first.buffer).toBe(payload.buffer)
      expect(toHex(first)).toBe(toHex(expected.encode(copy)))
      const second = codec.encode(payload)
      expect(second.buffer).not.toBe(payload.buffer)
      expect(toHex(second)).toBe(toHex(expected.encode(copy)))
      expect(toHex(payload), 'the payload itself stays as it was').toBe(toHex(copy))
    }
  })
  it.each(FRAMINGS)('is copied by %s where it is short', (_, create) => {
    for (const length of [40, 500, 508, 512, 4092]) {
      const payload = roomy(length)
      const copy = payload.slice()
      const frame = create().encode(payload)
      expect(toHex(frame)).toBe(toHex(create().encode(copy)))
      frame.fill(0xff)
      expect(toHex(payload), 'the payload itself stays as it was').toBe(toHex(copy))
    }
  })
  it('is copied where the frame needs more room, or only a piece of it is framed', () => {
    expect(frameAround(payloadWithRoom(4096), 17, 0)).toHaveLength(4113)
    const payload = payloadWithRoom(4096)
    const frame = frameAround(payload.subarray(4), 4, 0)
    expect(frame.buffer).not.toBe(payload.buffer)
    expect(frame).toHaveLength(4096)
  })
})
