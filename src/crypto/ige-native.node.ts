import { createCipheriv } from 'node:crypto'

/** Below this length setting up the native cipher costs more than WebAssembly needs for the whole message. */
const LEAST_BYTES = 2048
const BLOCK_WORDS = 4

/** The words of `bytes` in the platform's byte order, which xor does not see. Copies only what lies across words. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes)
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4)
}

/**
 * AES-256-IGE encryption by one native call, or `undefined` where another way is faster. With c'_i = c_i xor p_(i-1),
 * c_i = E(p_i xor c_(i-1)) xor p_(i-1) becomes c'_i = E((p_i xor p_(i-2)) xor c'_(i-1)): CBC over p_i xor p_(i-2).
 */
export function nativeIgeEncrypt(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array | undefined {
  if (data.length < LEAST_BYTES || key.length !== 32) return undefined
  const plain = wordsOf(data)
  const before = wordsOf(iv.subarray(16, 32))
  const input = new Int32Array(plain.length)
  for (let i = 0; i < BLOCK_WORDS; i++) {
    input[i] = plain[i]!
    input[BLOCK_WORDS + i] = plain[BLOCK_WORDS + i]! ^ before[i]!
  }
  for (let i = 2 * BLOCK_WORDS; i < plain.length; i++) input[i] = plain[i]! ^ plain[i - 2 * BLOCK_WORDS]!

  const cipher = createCipheriv('aes-256-cbc', key, iv.subarray(0, 16)).setAutoPadding(false)
  const encrypted = cipher.update(new Uint8Array(input.buffer))
  const output = wordsOf(encrypted)
  for (let i = 0; i < BLOCK_WORDS; i++) output[i] = output[i]! ^ before[i]!
  for (let i = BLOCK_WORDS; i < output.length; i++) output[i] = output[i]! ^ plain[i - BLOCK_WORDS]!
  input.fill(0)
  return new Uint8Array(output.buffer, output.byteOffset, output.byteLength)
}
