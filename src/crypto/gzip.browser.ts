import { Gunzip, gzipSync, Unzlib } from 'fflate'
import { RemoteError } from '../errors/errors.js'

/** Input is fed in pieces of this size: deflate unfolds at most 1032:1, so one piece gives at most 528 kB at once. */
const PIECE_BYTES = 512

/** `bytes` in the gzip format (RFC 1952). */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { mtime: 0 })
}

/**
 * Undoes gzip (RFC 1952) or zlib (RFC 1950), told apart by the header.
 * Never holds much more than `maxLength` bytes of output: a bomb is refused while it unfolds.
 * @throws {RemoteError} `decode`, when the data is damaged, cut short, or unfolds to more than `maxLength` bytes.
 */
export function gunzip(bytes: Uint8Array, maxLength: number): Uint8Array {
  try {
    const { chunks, length } = unfold(bytes, maxLength)
    const output = new Uint8Array(length)
    let offset = 0
    for (const chunk of chunks) {
      output.set(chunk, offset)
      offset += chunk.length
    }
    checkTrailer(bytes, output)
    return output
  } catch (cause) {
    if (cause instanceof RemoteError) throw cause
    const message = cause instanceof Error ? cause.message : 'unknown reason'
    throw new RemoteError('decode', `compressed data is damaged: ${message}`, {}, { cause })
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

function isZlib(bytes: Uint8Array): boolean {
  return bytes.length > 1 && (bytes[0]! & 15) === 8 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0
}

function unfold(bytes: Uint8Array, maxLength: number): { chunks: Uint8Array[]; length: number } {
  const chunks: Uint8Array[] = []
  let length = 0
  const take = (chunk: Uint8Array): void => {
    length += chunk.length
    if (length > maxLength) {
      throw new RemoteError('decode', `compressed data unfolds to more than ${maxLength} bytes`, {
        expected: `at most ${maxLength} bytes`,
      })
    }
    if (chunk.length > 0) chunks.push(chunk)
  }
  if (!isGzip(bytes) && !isZlib(bytes)) {
    throw new RemoteError('decode', 'compressed data is damaged: neither a gzip nor a zlib header', {
      expected: 'a gzip or zlib header',
    })
  }
  const stream = isGzip(bytes) ? new Gunzip(take) : new Unzlib(take)
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const end = Math.min(at + PIECE_BYTES, bytes.length)
    stream.push(bytes.subarray(at, end), end === bytes.length)
  }
  return { chunks, length }
}

/** The library leaves the check sums to us: CRC-32 and length close a gzip stream, Adler-32 a zlib stream. */
function checkTrailer(bytes: Uint8Array, output: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sum = bytes.length - (isGzip(bytes) ? 8 : 4)
  const matches = isGzip(bytes)
    ? view.getUint32(sum, true) === crc32(output) && view.getUint32(sum + 4, true) === output.length
    : view.getUint32(sum, false) === adler32(output)
  if (!matches) throw new RemoteError('decode', 'compressed data is damaged: incorrect check sum')
}

function crc32(bytes: Uint8Array): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1))
  }
  return ~crc >>> 0
}

function adler32(bytes: Uint8Array): number {
  let low = 1
  let high = 0
  for (const byte of bytes) {
    low = (low + byte) % 65521
    high = (high + low) % 65521
  }
  return ((high << 16) | low) >>> 0
}
