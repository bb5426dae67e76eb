import { describe, expect, it } from 'vitest'
import { RemoteError } from '../../../src/errors/errors.js'
import { authKeyOf, decrypt, open, seal } from '../../../src/mtproto/encrypted.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'
import { intermediate } from '../../../src/transport/intermediate.js'

const random = seededRandom(3)
const key = authKeyOf(randomBytes(random, 256))
const body = randomBytes(random, 4000)
const message = { salt: 1n, sessionId: 2n, msgId: 3n, seqNo: 1, body }

/** A packet as the framing hands it out when it comes in pieces of `pieceBytes`. */
function arrived(pieceBytes: number, damage: (packet: Uint8Array) => void = () => {}): Uint8Array {
  const packet = seal(key, 'client', message, random).slice()
  damage(packet)
  const frame = intermediate().encode(packet)
  const server = intermediate('server')
  for (let at = 0; at < frame.length; at += pieceBytes) server.receive(frame.slice(at, at + pieceBytes))
  const taken = server.next()
  if (taken?.kind !== 'payload') throw new Error('no packet came')
  return taken.payload
}

describe('decrypting a packet', () => {
  it('leaves one alone that came in one piece, and takes the place of one that came in several', () => {
    for (const [pieceBytes, inPlace] of [[10_000, false], [2500, true]] as const) {
      const packet = arrived(pieceBytes)
      const before = packet.slice()
      const plain = decrypt(key, 'client', packet)
      expect(plain.buffer === packet.buffer).toBe(inPlace)
      expect(Buffer.compare(packet, before) !== 0).toBe(inPlace)
      expect(Buffer.compare(plain.subarray(32, 4032), body)).toBe(0)
    }
  })

  it('refuses every change to either', () => {
    for (const pieceBytes of [10_000, 2500]) {
      expect(open(key, 'client', arrived(pieceBytes)).msgId).toBe(3n)
      for (const at of [0, 8, 23, 24, 1000, 4000]) {
        const packet = arrived(pieceBytes, (bytes) => (bytes[at] = bytes[at]! ^ 1))
        expect(() => open(key, 'client', packet), `byte ${at}`).toThrow(RemoteError)
      }
    }
  })
})
