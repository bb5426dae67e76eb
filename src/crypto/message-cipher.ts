import { equalConstantTime } from '../bytes/equal.js'
import { aesIgeDecrypt, aesIgeEncrypt } from './aes-ige.js'
import { checkAuthKey } from './auth-key.js'
import { messageCipherKeys, messageKeyV2, type Sender } from './message-keys.js'
import { openSmall, sealSmall } from './small-packets.node.js'

/** What stands in a packet before the ciphertext: auth_key_id, then msg_key. */
const MSG_KEY_AT = 8
const HEADER_BYTES = 24

const x = (sender: Sender): 0 | 8 => (sender === 'client' ? 0 : 8)

/**
 * Encrypts the padded plaintext that stands in `packet` from byte 24 on, and writes its msg_key before it (MTProto 2.0).
 * @param authKey 256 bytes
 * @throws {LocalError} `argument`
 * @see https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector
 */
export function encryptMessage(authKey: Uint8Array, sender: Sender, packet: Uint8Array): void {
  checkAuthKey(authKey)
  if (sealSmall(authKey, packet, x(sender))) return
  const plain = packet.subarray(HEADER_BYTES)
  const msgKey = messageKeyV2(authKey, plain, sender)
  const { key, iv } = messageCipherKeys(authKey, msgKey, sender)
  packet.set(msgKey, MSG_KEY_AT)
  aesIgeEncrypt(plain, key, iv, plain)
}

/**
 * Decrypts a packet, the inverse of {@link encryptMessage}.
 * @param target takes the plaintext: 24 bytes shorter than `packet`, and may be the part of it that is encrypted
 * @returns whether msg_key is that of the plaintext. Nothing of `target` may be looked at otherwise.
 */
export function decryptMessage(authKey: Uint8Array, sender: Sender, packet: Uint8Array, target: Uint8Array): boolean {
  checkAuthKey(authKey)
  const msgKey = packet.subarray(MSG_KEY_AT, HEADER_BYTES)
  const due = openSmall(authKey, packet, x(sender), target)
  if (due) return equalConstantTime(due, msgKey)
  const { key, iv } = messageCipherKeys(authKey, msgKey, sender)
  aesIgeDecrypt(packet.subarray(HEADER_BYTES), key, iv, target)
  return equalConstantTime(messageKeyV2(authKey, target, sender), msgKey)
}
