import { decryptBlock, encryptBlock } from './aes-block.js'
import { expandKey, invertRoundKeys } from './aes-key.js'

/**
 * AES-IGE in plain JavaScript, for pages whose content security policy forbids WebAssembly. Key of 16 or 32 bytes.
 * The words are those of little-endian memory, as on every platform that runs JavaScript today.
 */
export function igeScript(
  direction: 'encrypt' | 'decrypt',
  data: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
): Uint8Array {
  const encrypting = direction === 'encrypt'
  const keys = encrypting ? expandKey(key) : invertRoundKeys(expandKey(key))
  const block = encrypting ? encryptBlock : decryptBlock
  const output = new Uint8Array(data) // not slice: that of a Buffer shares its memory
  const words = new Int32Array(output.buffer)
  const chain = new Int32Array(new Uint8Array(iv).buffer)
  // The half of the chain that meets the input before the cipher, and the half that meets the result behind it.
  const before = encrypting ? chain.subarray(0, 4) : chain.subarray(4, 8)
  const after = encrypting ? chain.subarray(4, 8) : chain.subarray(0, 4)
  const state = new Int32Array(4)
  for (let at = 0; at < words.length; at += 4) {
    for (let i = 0; i < 4; i++) state[i] = words[at + i]! ^ before[i]!
    block(keys, state)
    for (let i = 0; i < 4; i++) {
      before[i] = state[i]! ^ after[i]!
      after[i] = words[at + i]!
      words[at + i] = before[i]!
    }
  }
  for (const secret of [keys, state, chain]) secret.fill(0)
  return output
}
