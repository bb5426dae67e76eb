import type { Random } from '../platform/random.js'
import { setInt32 } from '../tl/little-endian.js'
import { StreamCodec, type Side, type TransportFrame } from './codec.js'
import { quickAckToken } from './intermediate.js'
import { MAX_PADDING, MAX_SERVER_PADDING } from './limits.js'
import { checkIncomingLength, checkOutgoing, frameOf, longestPayloadTo, withoutPadding } from './payload.js'
import { QUICK_ACK_FLAG } from './quick-ack.js'
import { frameAround } from './room.js'
import { TAGS } from './tags.js'

/**
 * The intermediate framing with 0 to 15 random bytes behind each payload, counted in the length, so that the lengths
 * of packets tell nobody on the path what they are. The client opens with dddddddd.
 * @see https://core.telegram.org/mtproto/mtproto-transports#padded-intermediate
 */
export function padded(random: Random, side: Side = 'client'): PaddedCodec {
  return new PaddedCodec(random, side)
}

export class PaddedCodec extends StreamCodec {
  readonly name = 'padded'
  readonly quickAcks = true
  readonly #random: Random
  readonly #side: Side
  readonly #paddingMask: number

  constructor(random: Random, side: Side) {
    super()
    this.#random = random
    this.#side = side
    this.#paddingMask = side === 'client' ? MAX_PADDING : MAX_SERVER_PADDING
  }

  opening(): Uint8Array {
    return this.#side === 'client' ? TAGS.padded.slice() : new Uint8Array(0)
  }

  encode(payload: Uint8Array, quickAck = false): Uint8Array {
    checkOutgoing(payload)
    const dice = this.#random.fill(new Uint8Array(1 + MAX_PADDING))
    const padding = dice[0]! & this.#paddingMask
    const length = payload.length + padding
    const frame = frameAround(payload, 4, padding)
    setInt32(frame, 0, length | (quickAck ? QUICK_ACK_FLAG : 0))
    for (let i = 0; i < padding; i++) frame[4 + payload.length + i] = dice[1 + i]!
    return frame
  }

  encodeQuickAck(token: number): Uint8Array {
    return quickAckToken(token)
  }

  protected parse(): TransportFrame | undefined {
    const { queue } = this
    if (queue.length < 4) return undefined
    const word = queue.uint32At(0)
    const flagged = word >= QUICK_ACK_FLAG
    if (flagged && this.#side === 'client') {
      queue.skip(4)
      return { kind: 'quick-ack', token: word }
    }
    const length = word & ~QUICK_ACK_FLAG
    checkIncomingLength(length, 4, longestPayloadTo(this.#side) + MAX_PADDING)
    if (queue.length < 4 + length) return undefined
    queue.skip(4)
    return frameOf(withoutPadding(queue.take(length), MAX_PADDING), flagged)
  }
}
