import { encodeWith } from '../../tl/encode-with.js'
import type { Bytes } from '../../bytes/bytes.js'

/** TL `bytes`: length, data, zeros up to a multiple of four. Text is UTF-8. */
export function serializeBytes(data: Uint8Array | string): Bytes {
  return encodeWith((w) => w.bytes(typeof data === 'string' ? new TextEncoder().encode(data) : data))
}

/** TL `int` of a moment in seconds; nothing is 0. */
export function serializeDate(moment: Date | number | undefined): Bytes {
  return encodeWith((w) => w.int(moment instanceof Date ? Math.floor(moment.getTime() / 1000) : (moment ?? 0)))
}
