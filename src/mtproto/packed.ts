import { gunzip, gzip } from '../crypto/gzip.node.js'
import { RemoteError } from '../errors/errors.js'
import { Reader } from '../tl/reader.js'
import { writeUint } from '../tl/write-primitives.js'
import { encodeWith } from '../tl/encode-with.js'
import { isCompressible } from './compressible.js'
import { ID_GZIP_PACKED, constructorId } from './constructors.js'
import { MAX_PACKABLE_BYTES, MAX_UNPACKED_BYTES, MIN_PACKED_BYTES } from './limits.js'

/**
 * `body` as gzip_packed where that makes it shorter, `body` itself otherwise. Never for a container.
 *
 * `gzip_packed#3072cfa1 packed_data:string = Object;`
 * @see https://core.telegram.org/mtproto/service_messages#packed-object
 */
export function pack(body: Uint8Array): Uint8Array {
  return body.length < MIN_PACKED_BYTES || body.length > MAX_PACKABLE_BYTES ? body : packAnyLength(body)
}

/** The same for a body of any length. */
export function packAnyLength(body: Uint8Array): Uint8Array {
  if (!isCompressible(body)) return body
  const data = gzip(body)
  const packed = data.length < body.length ? gzipPacked(data) : body
  return packed.length < body.length ? packed : body
}

/** The object that holds packed data. */
export function gzipPacked(data: Uint8Array): Uint8Array {
  return encodeWith((w) => {
    writeUint(w, ID_GZIP_PACKED)
    w.bytes(data)
  })
}

/**
 * The object inside gzip_packed. There is one level of packing, and its output is bounded.
 * @throws {RemoteError} `decode` when the data is damaged, too long, or holds another gzip_packed.
 */
export function unpack(body: Uint8Array): Uint8Array {
  const reader = new Reader(body, 4)
  const object = gunzip(reader.byteString(), MAX_UNPACKED_BYTES)
  if (constructorId(object) === ID_GZIP_PACKED) {
    throw new RemoteError('decode', 'a gzip_packed holds another one', {
      path: 'gzip_packed',
      constructorId: ID_GZIP_PACKED,
    })
  }
  return object
}
