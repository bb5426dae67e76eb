import { LocalError, TransportError } from '../errors/errors.js'
import { StreamCodec, type Side, type TransportFrame } from './codec.js'
import { crc32 } from './crc32.js'
import { FULL_OVERHEAD } from './limits.js'
import { checkAligned, checkIncomingLength, checkOutgoing, frameOf, longestPayloadTo } from './payload.js'
import { frameAround } from './room.js'

const HEADER = 8 // length, sequence number
const CHECKSUM = 4

/**
 * The first framing there was: length of the whole frame, a sequence number of its own for each direction (from 0),
 * the payload, and the CRC-32 of all that. Nothing goes before the first frame; no quick acks, no obfuscation.
 * @see https://core.telegram.org/mtproto/mtproto-transports#full
 */
export function full(side: Side = 'client'): FullCodec {
  return new FullCodec(side)
}

export class FullCodec extends StreamCodec {
  readonly name = 'full'
  readonly quickAcks = false
  protected readonly tag: Uint8Array = new Uint8Array(0)
  #sent = 0
  #received = 0

  encode(payload: Uint8Array, quickAck = false): Uint8Array {
    checkOutgoing(payload)
    if (quickAck) throw noQuickAcks()
    const frame = frameAround(payload, HEADER, CHECKSUM)
    const view = new DataView(frame.buffer, frame.byteOffset, frame.length)
    view.setUint32(0, frame.length, true)
    view.setInt32(4, this.#sent, true)
    this.#sent = (this.#sent + 1) | 0
    view.setUint32(frame.length - CHECKSUM, crc32(frame.subarray(0, -CHECKSUM)), true)
    return frame
  }

  encodeQuickAck(): Uint8Array {
    throw noQuickAcks()
  }

  protected parse(): TransportFrame | undefined {
    const { queue } = this
    if (queue.length < 4) return undefined
    const length = queue.uint32At(0)
    checkIncomingLength(length, FULL_OVERHEAD, FULL_OVERHEAD + longestPayloadTo(this.side))
    checkAligned(length)
    if (queue.length >= HEADER) this.#checkSequence(queue.uint32At(4))
    if (queue.length < length) return undefined
    const frame = queue.take(length)
    const end = length - CHECKSUM
    const announced = new DataView(frame.buffer, frame.byteOffset + end, CHECKSUM).getUint32(0, true)
    const computed = crc32(frame.subarray(0, end))
    if (announced !== computed) {
      throw new TransportError('frame', 'a frame does not match its checksum', {
        path: 'crc32',
        expected: computed.toString(16).padStart(8, '0'),
        got: announced.toString(16).padStart(8, '0'),
        offset: end,
      })
    }
    this.#received = (this.#received + 1) | 0
    return frameOf(frame.subarray(HEADER, end), false)
  }

  #checkSequence(announced: number): void {
    if ((announced | 0) === this.#received) return
    throw new TransportError('frame', 'a frame is out of sequence', {
      path: 'seq',
      expected: String(this.#received),
      got: String(announced | 0),
      offset: 4,
    })
  }
}

function noQuickAcks(): LocalError {
  return new LocalError('argument', 'the full transport has no quick acks; use intermediate or abridged')
}
