import { checkIgeArguments } from './aes-arguments.js'
import { nativeIgeEncrypt } from './ige-native.node.js'
import { igeScript } from './ige-script.js'
import { sharedWasmCipher } from './wasm/cipher.js'

function ige(
  direction: 'encrypt' | 'decrypt',
  data: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
  target: Uint8Array,
): Uint8Array {
  const wasm = key.length === 32 ? sharedWasmCipher() : undefined
  if (wasm) return wasm.ige(direction, data, key, iv, target)
  target.set(igeScript(direction, data, key, iv))
  return target
}

/**
 * AES-256 in infinite garble extension mode, the cipher of MTProto: c_i = E(p_i xor c_(i-1)) xor p_(i-1).
 * @param data whole blocks of 16 bytes
 * @param key 32 bytes (16 for AES-128, which MTProto does not use)
 * @param iv 32 bytes: c_0, then p_0
 * @param target as long as `data`, and may be `data` itself; a new array where it is left out
 * @returns `target`
 * @throws {LocalError} `argument`, on any other length
 * @see https://core.telegram.org/mtproto/description#encrypting-data
 */
export function aesIgeEncrypt(
  data: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
  target: Uint8Array = new Uint8Array(data.length),
): Uint8Array {
  checkIgeArguments(data, key, iv, target)
  return nativeIgeEncrypt(data, key, iv, target) ?? ige('encrypt', data, key, iv, target)
}

/** The inverse of {@link aesIgeEncrypt}, with the same arguments. */
export function aesIgeDecrypt(
  data: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
  target: Uint8Array = new Uint8Array(data.length),
): Uint8Array {
  checkIgeArguments(data, key, iv, target)
  return ige('decrypt', data, key, iv, target)
}
