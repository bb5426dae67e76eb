import { setInt32 } from '../tl/little-endian.js'
import { StreamCodec, type TransportFrame } from './codec.js'
import { frameOf } from './payload.js'
import { checkToken, QUICK_ACK_FLAG } from './quick-ack.js'

/**
 * What both intermediate framings share: the length in 4 bytes, least significant first, then so many bytes. Bit 31 of
 * the length asks the server for a quick ack; 4 bytes from the server with bit 31 set are a quick-ack token.
 */
export abstract class LengthPrefixedCodec extends StreamCodec {
  readonly quickAcks = true

  /** @throws {TransportError} `frame`, when no frame is so long */
  protected abstract checkLength(length: number): void
  /** The payload in what stands behind the length. */
  protected abstract payloadIn(bytes: Uint8Array): Uint8Array

  encodeQuickAck(token: number): Uint8Array {
    checkToken(token)
    const bytes = new Uint8Array(4)
    setInt32(bytes, 0, token)
    return bytes
  }

  protected parse(): TransportFrame | undefined {
    const { queue } = this
    if (queue.length < 4) return undefined
    const word = queue.uint32At(0)
    const flagged = word >= QUICK_ACK_FLAG
    if (flagged && this.side === 'client') {
      queue.skip(4)
      return { kind: 'quick-ack', token: word }
    }
    const length = word & ~QUICK_ACK_FLAG
    this.checkLength(length)
    if (queue.length < 4 + length) return undefined
    queue.skip(4)
    return frameOf(this.payloadIn(queue.take(length)), flagged)
  }
}
