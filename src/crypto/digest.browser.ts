import { hmac as nobleHmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'

export type HashName = 'sha1' | 'sha256' | 'sha512'

const HASHES = { sha1, sha256, sha512 } as const

/** The hash of all `parts`, one after the other. */
export function digest(name: HashName, parts: readonly Uint8Array[]): Uint8Array {
  const hash = HASHES[name].create()
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** HMAC (RFC 2104) of all `parts`, one after the other. */
export function hmac(name: HashName, key: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  const mac = nobleHmac.create(HASHES[name], key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/**
 * PBKDF2 (RFC 8018) with HMAC-SHA-512. The browser's own where the page is a secure context; elsewhere in JavaScript,
 * which takes seconds for 100,000 iterations and yields to the page meanwhile.
 */
export async function pbkdf2Sha512(
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Promise<Uint8Array> {
  const subtle = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle
  if (subtle === undefined) return pbkdf2Async(sha512, password, salt, { c: iterations, dkLen: length })
  const key = await subtle.importKey('raw', password as Uint8Array<ArrayBuffer>, 'PBKDF2', false, ['deriveBits'])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-512', salt: salt as Uint8Array<ArrayBuffer>, iterations }
  return new Uint8Array(await subtle.deriveBits(algorithm, key, 8 * length))
}
