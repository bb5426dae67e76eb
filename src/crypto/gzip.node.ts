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
  let output: Uint8Array
  try {
    output = plain(unzipSync(bytes, { maxOutputLength: Math.max(1, maxLength) })) // zlib knows no limit of 0
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLong(maxLength)
    throw new RemoteError('decode', `compressed data is damaged: ${message}`, {}, { cause })
  }
  if (output.length > maxLength) throw tooLong(maxLength)
  return output
}

function tooLong(maxLength: number): RemoteError {
  const expected = `at most ${maxLength} bytes`
  return new RemoteError('decode', `compressed data unfolds to more than ${maxLength} bytes`, { expected })
}
