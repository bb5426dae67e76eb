import { concat, reversed } from '../bytes/bytes.js'
import { AesCtr } from '../crypto/aes-ctr.node.js'
import { sha256 } from '../crypto/sha.js'
import { LocalError } from '../errors/errors.js'
import { randomBytes, type Random } from '../platform/random.js'
import { MAX_HEADER_DRAWS, OBFUSCATION_HEADER } from './limits.js'
import { TAGS, transportOfTag, type TaggedTransport } from './tags.js'

const KEY = 8
const IV = 40
const TAG = 56
const DC = 60

/** What other protocols and framings begin with, read as four characters. */
const FOREIGN_WORDS: ReadonlySet<string> = new Set(['HEAD', 'POST', 'GET ', 'OPTI', '\x16\x03\x01\x02'])

/** Whether the first 4 of `bytes` begin HTTP or TLS. */
export function isForeignProtocol(bytes: Uint8Array): boolean {
  return FOREIGN_WORDS.has(String.fromCharCode(...bytes.subarray(0, 4)))
}

/**
 * Whether a header with these first 8 bytes would be taken for something else: another framing by its tag, the full one
 * by its sequence number 0, HTTP or TLS.
 */
export function isForbiddenHeader(bytes: Uint8Array): boolean {
  if (bytes[0] === TAGS.abridged[0] || transportOfTag(bytes, 0) !== undefined || isForeignProtocol(bytes)) return true
  return bytes[4] === 0 && bytes[5] === 0 && bytes[6] === 0 && bytes[7] === 0
}

/**
 * Draws the 64 bytes that begin an obfuscated connection, before they are encrypted.
 * @param dc the data centre that an MTProxy is to connect to: +10000 on test servers, negative for media; left out,
 *   the field stays random, as servers that are reached directly do not look at it.
 */
export function drawHeader(random: Random, transport: TaggedTransport, dc?: number): Uint8Array {
  for (let draw = 0; draw < MAX_HEADER_DRAWS; draw++) {
    const header = randomBytes(random, OBFUSCATION_HEADER)
    if (isForbiddenHeader(header)) continue
    header.set(TAGS[transport], TAG)
    if (dc !== undefined) new DataView(header.buffer).setInt16(DC, dc, true)
    return header
  }
  throw new LocalError('state', `the source of randomness gave ${MAX_HEADER_DRAWS} forbidden headers in a row`)
}

/** The two key streams of a connection: what the client sends, and what it gets. */
export interface ObfuscationStreams {
  readonly up: AesCtr
  readonly down: AesCtr
}

/**
 * Both streams that `header` names. `up` has to be moved on by the header itself.
 * @param secret the 16 bytes that an MTProxy and its users share.
 */
export function obfuscationStreams(header: Uint8Array, secret?: Uint8Array): ObfuscationStreams {
  const stream = (source: Uint8Array): AesCtr => {
    const key = source.subarray(KEY, IV)
    return new AesCtr(secret === undefined ? key : sha256(key, secret), source.slice(IV, TAG))
  }
  return { up: stream(header), down: stream(reversed(header)) }
}

/** The header as it goes over the wire, and `up` behind it: only the tag and the data centre are encrypted. */
export function sealHeader(header: Uint8Array, up: AesCtr): Uint8Array {
  return concat(header.subarray(0, TAG), up.update(header).subarray(TAG))
}

/** What a received header says, once `up` has been moved over it; `undefined` when its tag is none. */
export function openHeader(sealed: Uint8Array, up: AesCtr): { transport: TaggedTransport; dc: number } | undefined {
  const header = up.update(sealed)
  const transport = transportOfTag(header, TAG)
  return transport && { transport, dc: new DataView(header.buffer, header.byteOffset).getInt16(DC, true) }
}
