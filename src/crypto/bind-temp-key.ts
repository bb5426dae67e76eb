import { concat, wipe } from '../bytes/bytes.js'
import { randomBytes, type Random } from '../platform/random.js'
import { aesIgeEncrypt } from './aes-ige.js'
import { authKeyId } from './auth-key.js'
import { messageCipherKeysV1, messageKeyV1 } from './message-keys.js'

const BIND_AUTH_KEY_INNER = 0x75a3f765
const INNER_BYTES = 40
const BLOCK = 16

/** What a binding says. Longs are signed, as on the wire. */
export interface TempKeyBinding {
  /** The msg_id of the request that will carry the binding. */
  readonly msgId: bigint
  readonly nonce: bigint
  readonly tempAuthKeyId: bigint
  /** The session in which the request goes out. */
  readonly tempSessionId: bigint
  /** Unix seconds, in the server's time. */
  readonly expiresAt: number
}

/**
 * `encrypted_message` of `auth.bindTempAuthKey`: one message of MTProto 1.0 under the permanent key, with a random
 * int128 where salt and session would stand. Draws 16 bytes for it, then those of the padding.
 *
 * `bind_auth_key_inner#75a3f765 nonce:long temp_auth_key_id:long perm_auth_key_id:long temp_session_id:long
 * expires_at:int = BindAuthKeyInner;`
 * @returns `perm_auth_key_id | msg_key | ciphertext`
 * @see https://core.telegram.org/method/auth.bindTempAuthKey#encrypted-message
 */
export function encryptTempKeyBinding(permAuthKey: Uint8Array, binding: TempKeyBinding, random: Random): Uint8Array {
  const permId = authKeyId(permAuthKey)
  const plain = new Uint8Array(32 + INNER_BYTES)
  random.fill(plain.subarray(0, 16))
  const view = new DataView(plain.buffer)
  view.setBigInt64(16, binding.msgId, true)
  view.setInt32(24, 0, true) // seq_no
  view.setInt32(28, INNER_BYTES, true)
  view.setUint32(32, BIND_AUTH_KEY_INNER, true)
  view.setBigInt64(36, binding.nonce, true)
  view.setBigInt64(44, binding.tempAuthKeyId, true)
  plain.set(permId, 52)
  view.setBigInt64(60, binding.tempSessionId, true)
  view.setInt32(68, binding.expiresAt, true)

  const msgKey = messageKeyV1(plain)
  const { key, iv } = messageCipherKeysV1(permAuthKey, msgKey, 'client')
  const padding = randomBytes(random, (BLOCK - (plain.length % BLOCK)) % BLOCK)
  const encrypted = aesIgeEncrypt(concat(plain, padding), key, iv)
  wipe(key, iv, plain)
  return concat(permId, msgKey, encrypted)
}
