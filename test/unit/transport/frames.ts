import { concat } from '../../../src/bytes/bytes.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'
import { abridged } from '../../../src/transport/abridged.js'
import type { Side, TransportCodec, TransportFrame } from '../../../src/transport/codec.js'
import { full } from '../../../src/transport/full.js'
import { intermediate } from '../../../src/transport/intermediate.js'
import { padded } from '../../../src/transport/padded.js'

/** Every framing that stands on its own, for either end. */
export const FRAMINGS: readonly { name: string; create(side: Side): TransportCodec }[] = [
  { name: 'abridged', create: abridged },
  { name: 'intermediate', create: intermediate },
  { name: 'padded', create: (side) => padded(seededRandom(7), side) },
  { name: 'full', create: full },
]

const random = seededRandom(20)

/** A packet that looks encrypted: a key id that is not 0, a msg_key, `blocks` cipher blocks. */
export function encryptedPacket(blocks: number): Uint8Array {
  const packet = randomBytes(random, 24 + 16 * blocks)
  packet[0]! |= 1
  return packet
}

/** A plaintext message: key id 0, a msg_id, the length, `length` bytes. */
export function plainPacket(length: number): Uint8Array {
  const packet = concat(new Uint8Array(8), randomBytes(random, 12 + length))
  new DataView(packet.buffer).setInt32(16, length, true)
  return packet
}

/** Every frame that waits. */
export function drain(codec: TransportCodec): TransportFrame[] {
  const frames: TransportFrame[] = []
  for (let frame = codec.next(); frame !== undefined; frame = codec.next()) frames.push(frame)
  return frames
}

export function payloadFrame(payload: Uint8Array, quickAckRequested = false): TransportFrame {
  return { kind: 'payload', payload, quickAckRequested }
}

/** Delivers `bytes` in pieces that end at `cuts` and reads after each piece. */
export function deliver(codec: TransportCodec, bytes: Uint8Array, cuts: readonly number[]): TransportFrame[] {
  const frames: TransportFrame[] = []
  let start = 0
  for (const end of [...cuts, bytes.length].sort((a, b) => a - b)) {
    codec.receive(bytes.slice(start, end))
    frames.push(...drain(codec))
    start = end
  }
  return frames
}
