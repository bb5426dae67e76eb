import { setInt32 } from '../tl/little-endian.js'
import { StreamCodec, type Side, type TransportFrame } from './codec.js'
import { checkAligned, checkIncomingLength, checkOutgoing, frameOf, longestPayloadTo } from './payload.js'
import { checkToken, QUICK_ACK_FLAG } from './quick-ack.js'
import { frameAround } from './room.js'
import { TAGS } from './tags.js'

/**
 * The length in 4 bytes, least significant first, then the payload. The client opens with eeeeeeee. Bit 31 of the
 * length asks the server for a quick ack; 4 bytes from the server with bit 31 set are a quick-ack token.
 * @see https://core.telegram.org/mtproto/mtproto-transports#intermediate
 */
export function intermediate(side: Side = 'client'): IntermediateCodec {
  return new IntermediateCodec(side)
}

export class IntermediateCodec extends StreamCodec {
  readonly name = 'intermediate'
  readonly quickAcks = true
  readonly #side: Side

  constructor(side: Side) {
    super()
    this.#side = side
  }

  opening(): Uint8Array {
    return this.#side === 'client' ? TAGS.intermediate.slice() : new Uint8Array(0)
  }

  encode(payload: Uint8Array, quickAck = false): Uint8Array {
    checkOutgoing(payload)
    const frame = frameAround(payload, 4, 0)
    setInt32(frame, 0, payload.length | (quickAck ? QUICK_ACK_FLAG : 0))
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
    checkIncomingLength(length, 4, longestPayloadTo(this.#side))
    checkAligned(length)
    if (queue.length < 4 + length) return undefined
    queue.skip(4)
    return frameOf(queue.take(length), flagged)
  }
}

/** The token as both intermediate framings send it: 4 bytes, least significant first. */
export function quickAckToken(token: number): Uint8Array {
  checkToken(token)
  const bytes = new Uint8Array(4)
  setInt32(bytes, 0, token)
  return bytes
}
