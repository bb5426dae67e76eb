import { createCipheriv } from 'node:crypto'
import { disposeOf } from '../bytes/dispose.node.js'

/** Below this length setting up the native cipher costs more than WebAssembly needs for the whole message. */
const LEAST_BYTES = 3072
/** Words that are worked on at a time, so that all of them stay in the processor's cache. */
const PIECE_WORDS = 16_384
const BLOCK_WORDS = 4

/** Holds no data between two calls. */
const input = new Int32Array(PIECE_WORDS)
const inputBytes = new Uint8Array(input.buffer)

/**
 * AES-256-IGE encryption by one native cipher, or `undefined` where another way is faster. With c'_i = c_i xor p_(i-1),
 * c_i = E(p_i xor c_(i-1)) xor p_(i-1) becomes c'_i = E((p_i xor p_(i-2)) xor c'_(i-1)): CBC over p_i xor p_(i-2).
 * @param target as long as `data`, and may be `data` itself.
 */
export function nativeIgeEncrypt(
  data: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
  target: Uint8Array = new Uint8Array(data.length),
): Uint8Array | undefined {
  if (data.length < LEAST_BYTES || key.length !== 32 || target.byteOffset % 4 !== 0) return undefined
  const cipher = createCipheriv('aes-256-cbc', key, iv.subarray(0, 16)).setAutoPadding(false)
  if (target !== data) target.set(data)
  const words = new Int32Array(target.buffer, target.byteOffset, target.length / 4)
  const chain = new Int32Array(3 * BLOCK_WORDS) // p_(i-2), p_(i-1) for what goes in; p_(i-1) for what comes out
  const beforeFirst = wordsOf(iv.subarray(16, 32))
  chain.set(beforeFirst, BLOCK_WORDS)
  chain.set(beforeFirst, 2 * BLOCK_WORDS)
  for (let start = 0; start < words.length; start += PIECE_WORDS) {
    const piece = words.subarray(start, start + PIECE_WORDS)
    xorIntoInput(piece, chain)
    const encrypted = cipher.update(inputBytes.subarray(0, 4 * piece.length))
    xorWithEncrypted(piece, wordsOf(encrypted), chain)
    disposeOf(encrypted)
  }
  input.fill(0, 0, Math.min(words.length, PIECE_WORDS))
  chain.fill(0)
  return target
}

/** `input = p_i xor p_(i-2)`, block by block. */
function xorIntoInput(plain: Int32Array, chain: Int32Array): void {
  let [a0, a1, a2, a3, b0, b1, b2, b3] = chain as unknown as [...Four, ...Four]
  for (let i = 0; i < plain.length; i += BLOCK_WORDS) {
    const [p0, p1, p2, p3] = [plain[i]!, plain[i + 1]!, plain[i + 2]!, plain[i + 3]!]
    input[i] = p0 ^ a0
    input[i + 1] = p1 ^ a1
    input[i + 2] = p2 ^ a2
    input[i + 3] = p3 ^ a3
    a0 = b0
    a1 = b1
    a2 = b2
    a3 = b3
    b0 = p0
    b1 = p1
    b2 = p2
    b3 = p3
  }
  chain.set([a0, a1, a2, a3, b0, b1, b2, b3])
}

/** `c_i = c'_i xor p_(i-1)`, each in the place of its p_i. */
function xorWithEncrypted(plain: Int32Array, encrypted: Int32Array, chain: Int32Array): void {
  let [b0, b1, b2, b3] = chain.subarray(2 * BLOCK_WORDS) as unknown as Four
  for (let i = 0; i < plain.length; i += BLOCK_WORDS) {
    const [p0, p1, p2, p3] = [plain[i]!, plain[i + 1]!, plain[i + 2]!, plain[i + 3]!]
    plain[i] = encrypted[i]! ^ b0
    plain[i + 1] = encrypted[i + 1]! ^ b1
    plain[i + 2] = encrypted[i + 2]! ^ b2
    plain[i + 3] = encrypted[i + 3]! ^ b3
    b0 = p0
    b1 = p1
    b2 = p2
    b3 = p3
  }
  chain.set([b0, b1, b2, b3], 2 * BLOCK_WORDS)
}

type Four = [number, number, number, number]

/** The words of `bytes` in the platform's byte order, which xor does not see. Copies only what lies across words. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes)
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4)
}
