import { fromBase64 } from '../bytes/base64.js'
import { fromHex } from '../bytes/hex.js'
import { LocalError } from '../errors/errors.js'
import { MAX_DOMAIN } from './fake-tls/limits.js'

const KEY_LENGTH = 16
const PADDED = 0xdd
const FAKE_TLS = 0xee

/** What the secret of an MTProxy says. The key is shared by all users of the proxy and protects nothing but the proxy. */
export type MtproxySecret =
  /** Any framing, obfuscated. */
  | { readonly kind: 'plain'; readonly key: Uint8Array }
  /** `dd`: the padded framing, obfuscated. */
  | { readonly kind: 'padded'; readonly key: Uint8Array }
  /** `ee`: the same inside fake TLS to `domain`. */
  | { readonly kind: 'fake-tls'; readonly key: Uint8Array; readonly domain: string }

/** An MTProxy, as a link to it says. */
export interface MtproxyAddress {
  readonly host: string
  readonly port: number
  readonly secret: MtproxySecret
}

/**
 * Reads a secret: 16 bytes; dd and 16 bytes; ee, 16 bytes and a domain. Text is hex or base64 (either alphabet).
 * @throws {LocalError} `argument`; the message does not repeat the secret.
 */
export function parseMtproxySecret(secret: string | Uint8Array): MtproxySecret {
  const readings = typeof secret === 'string' ? readingsOf(secret) : [Uint8Array.from(secret)]
  for (const bytes of readings) {
    const parsed = fromBytes(bytes)
    if (parsed !== undefined) return parsed
  }
  throw wrong('secret', 'an MTProxy secret is 16 bytes, dd and 16 bytes, or ee, 16 bytes and a domain; in hex or base64url')
}

/** The bytes that `text` may stand for: hex is tried first, since every hex text is base64 as well. */
function readingsOf(text: string): Uint8Array[] {
  const readings: Uint8Array[] = []
  for (const read of [fromHex, fromBase64]) {
    try {
      readings.push(read(text.trim()))
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  return readings
}

function fromBytes(bytes: Uint8Array): MtproxySecret | undefined {
  if (bytes.length === KEY_LENGTH) return { kind: 'plain', key: bytes.slice() }
  const key = bytes.slice(1, 1 + KEY_LENGTH)
  if (bytes[0] === PADDED && bytes.length === 1 + KEY_LENGTH) return { kind: 'padded', key }
  if (bytes[0] !== FAKE_TLS) return undefined
  const name = bytes.subarray(1 + KEY_LENGTH)
  if (name.length === 0 || name.length > MAX_DOMAIN || !name.every((byte) => byte > 0x20 && byte < 0x7f)) return undefined
  return { kind: 'fake-tls', key, domain: String.fromCharCode(...name) }
}

const LINK = /^(?:tg:(?:\/\/)?|(?:https?:\/\/)?(?:t\.me|telegram\.me|telegram\.dog)\/)proxy\/?\?(.*)$/i

/**
 * Reads a link to an MTProxy: `tg://proxy?server=...&port=...&secret=...` or the same at t.me.
 * @throws {LocalError} `argument` naming the part that is wrong; the message does not repeat the link.
 */
export function parseMtproxyLink(link: string): MtproxyAddress {
  const match = LINK.exec(link.trim())
  if (match === null) throw wrong('link', 'a link to an MTProxy begins with tg://proxy? or https://t.me/proxy?')
  // A + in a query stands for a space, which no part may hold: here it is a character of base64.
  const query = new URLSearchParams(match[1]!.replace(/\+/g, '%2B').replace(/#.*$/, ''))
  const host = query.get('server')?.trim() ?? ''
  if (host === '' || !/^[\w.:-]+$/.test(host)) throw wrong('server', 'the link names no server')
  const port = Number(/^\d{1,5}$/.test(query.get('port') ?? '') ? query.get('port') : Number.NaN)
  if (!(port >= 1 && port <= 65_535)) throw wrong('port', 'the port in the link must be a number from 1 to 65535')
  return { host, port, secret: parseMtproxySecret(query.get('secret') ?? '') }
}

function wrong(path: string, message: string): LocalError {
  return new LocalError('argument', message, { path: `proxy.${path}` })
}
