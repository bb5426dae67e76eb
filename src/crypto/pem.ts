import { fromBase64, toBase64 } from '../bytes/base64.js'
import { LocalError } from '../errors/errors.js'

const LINE = 64 // RFC 7468, 2

export interface PemBlock {
  /** What stands in the first line: `RSA PUBLIC KEY`. */
  readonly label: string
  readonly bytes: Uint8Array
}

/** The first block of a PEM text (RFC 7468). @throws {LocalError} `argument`, when there is none or it is damaged. */
export function readPem(text: string): PemBlock {
  const match = /-----BEGIN ([A-Z0-9 ]+)-----\s+([^-]*?)\s*-----END \1-----/.exec(text)
  if (match === null) {
    throw new LocalError('argument', 'the key is no PEM text', { path: 'pem', expected: '-----BEGIN ... KEY-----' })
  }
  try {
    return { label: match[1]!, bytes: fromBase64(match[2]!.replace(/\s+/g, '')) }
  } catch (cause) {
    throw new LocalError('argument', 'the base64 of the PEM text is damaged', { path: 'pem' }, { cause })
  }
}

export function writePem({ label, bytes }: PemBlock): string {
  const lines = toBase64(bytes).match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
