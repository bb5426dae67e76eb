import { equalConstantTime } from '../bytes/equal.js'
import { aesIgeDecrypt, aesIgeEncrypt } from './aes-ige.js'
import { checkAuthKey } from './auth-key.js'
import { NATIVE_HASH_FROM } from './digest.node.js'
import { messageCipherKeys, messageKeyV2, type Sender } from './message-keys.js'
import { sharedWasmCipher, WasmCipher } from './wasm/cipher.js'

/** What stands in a packet before the ciphertext: auth_key_id, then msg_key. */
const MSG_KEY_AT = 8
const HEADER_BYTES = 24

/** WebAssembly takes a whole small packet at once; from some length on native hashes make up for the way to them. */
function wasmFor(bytes: number): WasmCipher | undefined {
  return bytes < NATIVE_HASH_FROM && bytes <= WasmCipher.mostBytes ? sharedWasmCipher() : undefined
}

const x = (sender: Sender): 0 | 8 => (sender === 'client' ? 0 : 8)

/**
 * Encrypts the padded plaintext that stands in `packet` from byte 24 on, and writes its msg_key before it (MTProto 2.0).
 * @param authKey 256 bytes
 * @throws {LocalError} `argument`
 * @see https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector
 */
export function encryptMessage(authKey: Uint8Array, sender: Sender, packet: Uint8Array): void {
  checkAuthKey(authKey)
  const wasm = wasmFor(packet.length)
  if (wasm) return wasm.seal(authKey, packet, x(sender))
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
  const wasm = wasmFor(packet.length)
  if (wasm) return equalConstantTime(wasm.open(authKey, packet, x(sender), target), msgKey)
  const { key, iv } = messageCipherKeys(authKey, msgKey, sender)
  aesIgeDecrypt(packet.subarray(HEADER_BYTES), key, iv, target)
  return equalConstantTime(messageKeyV2(authKey, target, sender), msgKey)
}
