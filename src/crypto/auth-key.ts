import { wipe } from '../bytes/bytes.js'
import { LocalError } from '../errors/errors.js'
import { AUTH_KEY_BYTES } from './limits.js'
import { sha1 } from './sha.js'

/** An AES-256-IGE key of 32 bytes and an initialization vector of 32 bytes. */
export interface CipherKeys {
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

/** @throws {LocalError} `argument`, when `authKey` has not 256 bytes. */
export function checkAuthKey(authKey: Uint8Array): void {
  if (authKey.length === AUTH_KEY_BYTES) return
  const message = `an auth key has ${AUTH_KEY_BYTES} bytes, got ${authKey.length}`
  throw new LocalError('argument', message, { path: 'authKey' })
}

/** The 8 bytes by which packets name a key: the low 64 bits of its SHA-1. */
export function authKeyId(authKey: Uint8Array): Uint8Array {
  checkAuthKey(authKey)
  return sha1(authKey).slice(12, 20)
}

/** The 8 bytes that stand for the key in the key exchange: the high 64 bits of its SHA-1. */
export function authKeyAuxHash(authKey: Uint8Array): Uint8Array {
  checkAuthKey(authKey)
  return sha1(authKey).slice(0, 8)
}

/**
 * `new_nonce_hash1`, `2` or `3`: what the server says at the end of an exchange, as 16 bytes that nobody else can know.
 * 1 goes with dh_gen_ok, 2 with dh_gen_retry, 3 with dh_gen_fail.
 * @see https://core.telegram.org/mtproto/auth_key#9-server-responds-in-one-of-three-ways
 */
export function newNonceHash(newNonce: Uint8Array, outcome: 1 | 2 | 3, auxHash: Uint8Array): Uint8Array {
  return sha1(newNonce, Uint8Array.of(outcome), auxHash).slice(4, 20)
}

/**
 * The AES key and vector under which both sides send their Diffie-Hellman numbers.
 * @param newNonce 32 bytes; @param serverNonce 16 bytes, zeros on the left included
 * @see https://core.telegram.org/mtproto/auth_key#6-client-responds-with
 */
export function temporaryAesKey(newNonce: Uint8Array, serverNonce: Uint8Array): CipherKeys {
  const newServer = sha1(newNonce, serverNonce)
  const serverNew = sha1(serverNonce, newNonce)
  const newNew = sha1(newNonce, newNonce)
  const key = new Uint8Array(32)
  key.set(newServer)
  key.set(serverNew.subarray(0, 12), 20)
  const iv = new Uint8Array(32)
  iv.set(serverNew.subarray(12, 20))
  iv.set(newNew, 8)
  iv.set(newNonce.subarray(0, 4), 28)
  wipe(newServer, serverNew, newNew)
  return { key, iv }
}
