import { checkAuthKey, type CipherKeys } from './auth-key.js'
import { sha1, sha256 } from './sha.js'

/** Who sends a message: each side uses its own part of the auth key. */
export type Sender = 'client' | 'server'

/** `x` in the definitions: where the sender's part of the auth key begins. */
export const shift = (sender: Sender): 0 | 8 => (sender === 'client' ? 0 : 8)

/**
 * msg_key of MTProto 2.0: the middle 128 bits of SHA-256 over 32 bytes of the key and the padded plaintext.
 * @see https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector
 */
export function messageKeyV2(authKey: Uint8Array, plaintext: Uint8Array, sender: Sender): Uint8Array {
  checkAuthKey(authKey)
  const x = shift(sender)
  return sha256(authKey.subarray(88 + x, 120 + x), plaintext).slice(8, 24)
}

/** The AES key and vector of one message of MTProto 2.0: two hashes that exchange their middles. @see messageKeyV2 */
export function messageCipherKeys(authKey: Uint8Array, msgKey: Uint8Array, sender: Sender): CipherKeys {
  checkAuthKey(authKey)
  const x = shift(sender)
  const a = sha256(msgKey, authKey.subarray(x, x + 36))
  const b = sha256(authKey.subarray(40 + x, 76 + x), msgKey)
  for (let i = 8; i < 24; i++) {
    const byte = a[i]!
    a[i] = b[i]!
    b[i] = byte
  }
  return { key: a, iv: b }
}

/**
 * msg_key of MTProto 1.0: the low 128 bits of SHA-1 over the plaintext without its padding. In use for one thing only,
 * the message that binds a temporary key.
 * @see https://core.telegram.org/mtproto/description_v1#defining-aes-key-and-initialization-vector
 */
export function messageKeyV1(plaintext: Uint8Array): Uint8Array {
  return sha1(plaintext).subarray(4, 20)
}

/** The AES key and vector of one message of MTProto 1.0. @see messageKeyV1 */
export function messageCipherKeysV1(authKey: Uint8Array, msgKey: Uint8Array, sender: Sender): CipherKeys {
  checkAuthKey(authKey)
  const x = shift(sender)
  const a = sha1(msgKey, authKey.subarray(x, 32 + x))
  const b = sha1(authKey.subarray(32 + x, 48 + x), msgKey, authKey.subarray(48 + x, 64 + x))
  const c = sha1(authKey.subarray(64 + x, 96 + x), msgKey)
  const d = sha1(msgKey, authKey.subarray(96 + x, 128 + x))
  const key = new Uint8Array(32)
  key.set(a.subarray(0, 8))
  key.set(b.subarray(8, 20), 8)
  key.set(c.subarray(4, 16), 20)
  const iv = new Uint8Array(32)
  iv.set(a.subarray(8, 20))
  iv.set(b.subarray(0, 8), 12)
  iv.set(c.subarray(16, 20), 20)
  iv.set(d.subarray(0, 8), 24)
  return { key, iv }
}
