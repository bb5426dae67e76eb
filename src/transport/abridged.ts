import { StreamCodec, type Side, type TransportFrame } from './codec.js'
import { checkIncomingLength, checkOutgoing, frameOf, longestPayloadTo } from './payload.js'
import { checkToken, QUICK_ACK_FLAG } from './quick-ack.js'
import { frameAround } from './room.js'
import { TAGS } from './tags.js'

const LONG = 0x7f // the length follows in 3 bytes
const QUICK_ACK_BIT = 0x80

/**
 * The lightest framing: one byte for the length in words of 4 bytes, or 7f and three bytes. The client opens with ef.
 *
 * To the server, bit 7 of the first byte asks for a quick ack. From the server, a first byte of 80 or more begins a
 * quick-ack token: it is sent most significant byte first, so that this bit, which every token has set, comes first.
 * @see https://core.telegram.org/mtproto/mtproto-transports#abridged
 */
export function abridged(side: Side = 'client'): AbridgedCodec {
  return new AbridgedCodec(side)
}

export class AbridgedCodec extends StreamCodec {
  readonly name = 'abridged'
  readonly quickAcks = true
  protected readonly tag: Uint8Array = TAGS.abridged.subarray(0, 1)

  encode(payload: Uint8Array, quickAck = false): Uint8Array {
    checkOutgoing(payload)
    const words = payload.length >> 2
    const flag = quickAck ? QUICK_ACK_BIT : 0
    const header = words < LONG ? 1 : 4
    const frame = frameAround(payload, header, 0)
    if (header === 1) {
      frame[0] = words | flag
    } else {
      frame[0] = LONG | flag
      frame[1] = words
      frame[2] = words >> 8
      frame[3] = words >> 16
    }
    return frame
  }

  encodeQuickAck(token: number): Uint8Array {
    checkToken(token)
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setUint32(0, token)
    return bytes
  }

  protected parse(): TransportFrame | undefined {
    const { queue } = this
    if (queue.length < 1) return undefined
    const first = queue.at(0)
    const flagged = first >= QUICK_ACK_BIT
    if (flagged && this.side === 'client') return this.#parseToken()
    let words = first & ~QUICK_ACK_BIT
    let header = 1
    if (words === LONG) {
      if (queue.length < 4) return undefined
      words = queue.at(1) | (queue.at(2) << 8) | (queue.at(3) << 16)
      header = 4
    }
    checkIncomingLength(words * 4, 4, longestPayloadTo(this.side))
    if (queue.length < header + words * 4) return undefined
    queue.skip(header)
    return frameOf(queue.take(words * 4), flagged)
  }

  #parseToken(): TransportFrame | undefined {
    const { queue } = this
    if (queue.length < 4) return undefined
    const token = (queue.at(0) << 24) | (queue.at(1) << 16) | (queue.at(2) << 8) | queue.at(3)
    queue.skip(4)
    return { kind: 'quick-ack', token: (token | QUICK_ACK_FLAG) >>> 0 }
  }
}
