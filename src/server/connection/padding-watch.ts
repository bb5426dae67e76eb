import { INSIDE_HEADER } from '../../mtproto/encrypted.js'
import { toHex } from '../../bytes/hex.js'

const COMPARED = 12 // bytes: the least padding that a packet has

/** Notices padding that is not drawn at random: all bytes alike, or the same bytes as in the packet before. */
export class PaddingWatch {
  #last: string | undefined

  /** @returns what is wrong with the padding of this plaintext, if anything is. */
  check(plain: Uint8Array, bodyLength: number): string | undefined {
    const padding = plain.subarray(INSIDE_HEADER + bodyLength).subarray(0, COMPARED)
    const last = this.#last
    this.#last = toHex(padding)
    if (padding.every((byte) => byte === padding[0])) return 'all bytes of the padding are alike'
    return this.#last === last ? 'the padding is that of the packet before' : undefined
  }
}
