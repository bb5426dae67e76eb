import { setInt32 } from '../tl/little-endian.js'
import type { Side } from './codec.js'
import { LengthPrefixedCodec } from './length-prefixed.js'
import { checkAligned, checkIncomingLength, checkOutgoing, longestPayloadTo } from './payload.js'
import { QUICK_ACK_FLAG } from './quick-ack.js'
import { frameAround } from './room.js'
import { TAGS } from './tags.js'

/**
 * The length in 4 bytes, then the payload. The client opens with eeeeeeee.
 * @see https://core.telegram.org/mtproto/mtproto-transports#intermediate
 */
export function intermediate(side: Side = 'client'): IntermediateCodec {
  return new IntermediateCodec(side)
}

export class IntermediateCodec extends LengthPrefixedCodec {
  readonly name = 'intermediate'
  protected readonly tag: Uint8Array = TAGS.intermediate

  encode(payload: Uint8Array, quickAck = false): Uint8Array {
    checkOutgoing(payload)
    const frame = frameAround(payload, 4, 0)
    setInt32(frame, 0, payload.length | (quickAck ? QUICK_ACK_FLAG : 0))
    return frame
  }

  protected checkLength(length: number): void {
    checkIncomingLength(length, 4, longestPayloadTo(this.side))
    checkAligned(length)
  }

  protected payloadIn(bytes: Uint8Array): Uint8Array {
    return bytes
  }
}
