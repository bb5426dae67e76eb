import { concat } from '../../bytes/bytes.js'
import { equalConstantTime } from '../../bytes/equal.js'
import { aesIgeDecrypt, aesIgeEncrypt } from '../../crypto/aes-ige.js'
import { sha1 } from '../../crypto/sha.js'
import { randomBytes, type Random } from '../../platform/random.js'
import { handshakeError } from './answer.js'

const HASH = 20
const BLOCK = 16

/** Key and vector that both sides derive from the two nonces. */
export interface ExchangeKey {
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

/**
 * `SHA1(data) | data | 0 to 15 random bytes` under AES-256-IGE: how both sides wrap their Diffie-Hellman numbers.
 * @see https://core.telegram.org/mtproto/auth_key#5-server-responds-with
 */
export function sealExchange(data: Uint8Array, { key, iv }: ExchangeKey, random: Random): Uint8Array {
  const padding = (BLOCK - ((HASH + data.length) % BLOCK)) % BLOCK
  return aesIgeEncrypt(concat(sha1(data), data, randomBytes(random, padding)), key, iv)
}

/**
 * Undoes `sealExchange` and returns the data without its padding. The length of the data is not on the wire, so that
 * each of the 16 possible ones is tried, all of them always: no field is read before the hash has matched.
 * @throws {RemoteError} `handshake` when the length is impossible or the hash fits no padding of 0 to 15 bytes.
 */
export function openExchange(sealed: Uint8Array, { key, iv }: ExchangeKey, step: string): Uint8Array {
  if (sealed.length % BLOCK !== 0 || sealed.length < 3 * BLOCK) {
    throw handshakeError(step, 'encrypted data', `has ${sealed.length} bytes, expected a multiple of 16 from 48 on`)
  }
  const plain = aesIgeDecrypt(sealed, key, iv)
  const hash = plain.subarray(0, HASH)
  let end = -1
  for (let padding = 0; padding < BLOCK; padding++) {
    const candidate = plain.length - padding
    if (equalConstantTime(sha1(plain.subarray(HASH, candidate)), hash)) end = candidate
  }
  if (end < 0) throw handshakeError(step, 'encrypted data', 'does not match its SHA-1')
  return plain.subarray(HASH, end)
}
