import { equalConstantTime } from '../bytes/equal.js'
import { aesIgeDecrypt, aesIgeEncrypt } from './aes-ige.js'
import { checkAuthKey, type CipherKeys } from './auth-key.js'
import { MSG_KEY_AT, PACKET_HEADER_BYTES } from './limits.js'
import { messageCipherKeys, messageKeyV2, shift, type Sender } from './message-keys.js'
import { openSmall, sealSmall } from './small-packets.node.js'

/**
 * Encrypts the padded plaintext that stands in `packet` from byte 24 on, and writes its msg_key before it (MTProto 2.0).
 * @param authKey 256 bytes
 * @throws {LocalError} `argument`
 * @see https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector
 */
export function encryptMessage(authKey: Uint8Array, sender: Sender, packet: Uint8Array): void {
  checkAuthKey(authKey)
  if (sealSmall(authKey, packet, shift(sender))) return
  const plain = packet.subarray(PACKET_HEADER_BYTES)
  const msgKey = messageKeyV2(authKey, plain, sender)
  const { key, iv } = messageCipherKeys(authKey, msgKey, sender)
  packet.set(msgKey, MSG_KEY_AT)
  aesIgeEncrypt(plain, key, iv, plain)
}

/** Decrypts AES-256-IGE in the place of the data, or says that it did not. */
export type Decipher = (data: Uint8Array, keys: CipherKeys) => Promise<boolean>

/**
 * Decrypts a packet, the inverse of {@link encryptMessage}.
 * @param target takes the plaintext: 24 bytes shorter than `packet`, and may be the part of it that is encrypted
 * @returns whether msg_key is that of the plaintext. Nothing of `target` may be looked at otherwise.
 */
export function decryptMessage(authKey: Uint8Array, sender: Sender, packet: Uint8Array, target: Uint8Array): boolean {
  checkAuthKey(authKey)
  const authentic = openSmall(authKey, packet, shift(sender), target)
  if (authentic !== undefined) return authentic
  const msgKey = packet.subarray(MSG_KEY_AT, PACKET_HEADER_BYTES)
  const { key, iv } = messageCipherKeys(authKey, msgKey, sender)
  aesIgeDecrypt(packet.subarray(PACKET_HEADER_BYTES), key, iv, target)
  return equalConstantTime(messageKeyV2(authKey, target, sender), msgKey)
}

/**
 * The same with a cipher that works elsewhere; what it does not do is done here.
 * @param target holds the encrypted part of `packet` and then the plaintext, and is nobody else's meanwhile
 */
export async function decryptMessageElsewhere(
  decipher: Decipher,
  authKey: Uint8Array,
  sender: Sender,
  packet: Uint8Array,
  target: Uint8Array,
): Promise<boolean> {
  checkAuthKey(authKey)
  const msgKey = packet.subarray(MSG_KEY_AT, PACKET_HEADER_BYTES)
  const keys = messageCipherKeys(authKey, msgKey, sender)
  if (!(await decipher(target, keys))) aesIgeDecrypt(target, keys.key, keys.iv, target)
  return equalConstantTime(messageKeyV2(authKey, target, sender), msgKey)
}
