import type { Random } from '../platform/random.js'
import { setInt32 } from '../tl/little-endian.js'
import type { Side } from './codec.js'
import { LengthPrefixedCodec } from './length-prefixed.js'
import { MAX_PADDING, MAX_SERVER_PADDING } from './limits.js'
import { checkIncomingLength, checkOutgoing, longestPayloadTo, withoutPadding } from './payload.js'
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

export class PaddedCodec extends LengthPrefixedCodec {
  readonly name = 'padded'
  protected readonly tag: Uint8Array = TAGS.padded
  readonly #random: Random
  readonly #paddingMask: number

  constructor(random: Random, side: Side) {
    super(side)
    this.#random = random
    this.#paddingMask = side === 'client' ? MAX_PADDING : MAX_SERVER_PADDING
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

  protected checkLength(length: number): void {
    checkIncomingLength(length, 4, longestPayloadTo(this.side) + MAX_PADDING)
  }

  protected payloadIn(bytes: Uint8Array): Uint8Array {
    return withoutPadding(bytes, MAX_PADDING)
  }
}
