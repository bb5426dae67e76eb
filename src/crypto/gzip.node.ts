import { gzipSync, unzipSync } from 'node:zlib'
import { RemoteError } from '../errors/errors.js'

function plain(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

/** `bytes` in the gzip format (RFC 1952). */
export function gzip(bytes: Uint8Array): Uint8Array {
  return plain(gzipSync(bytes))
}

/**
 * Undoes gzip (RFC 1952) or zlib (RFC 1950), told apart by the header.
 * Never holds much more than `maxLength` bytes of output: a bomb is refused while it unfolds.
 * @throws {RemoteError} `decode`, when the data is damaged, cut short, or unfolds to more than `maxLength` bytes.
 */
export function gunzip(bytes: Uint8Array, maxLength: number): Uint8Array {
  try {
    return plain(unzipSync(bytes, { maxOutputLength: Math.max(1, maxLength) }))
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new RemoteError('decode', `compressed data unfolds to more than ${maxLength} bytes`, {
        expected: `at most ${maxLength} bytes`,
      })
    }
    throw new RemoteError('decode', `compressed data is damaged: ${message}`, { got: `${bytes.length} bytes` }, { cause })
  }
}
