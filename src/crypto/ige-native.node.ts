import { createCipheriv } from 'node:crypto'
import { disposeOf } from '../bytes/dispose.node.js'
import { shared } from './wasm/shared.js'
import { xorModule } from './wasm/xor.js'

/** Below this length setting up the native cipher costs more than WebAssembly needs for the whole message. */
const LEAST_BYTES = 2048
/** Bytes that are worked on at a time, so that all of them stay in the processor's cache. */
const PIECE_BYTES = 65_536
const BLOCK_BYTES = 16

// The memory of the module: the last two blocks of the piece before, the plaintext, and what becomes of it.
const PREVIOUS = 0
const PLAIN: number = 2 * BLOCK_BYTES
const WORK: number = PLAIN + PIECE_BYTES

const sharedXor = shared(() => {
  const { memory, xor } = xorModule()
  return { memory: new Uint8Array(memory.buffer), xor }
})

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
  const module = data.length < LEAST_BYTES || key.length !== 32 ? undefined : sharedXor()
  if (!module) return undefined
  const { memory, xor } = module
  const cipher = createCipheriv('aes-256-cbc', key, iv.subarray(0, BLOCK_BYTES)).setAutoPadding(false)
  memory.set(iv.subarray(BLOCK_BYTES), PREVIOUS + BLOCK_BYTES) // p_(-1); the block before it is zeros
  for (let start = 0; start < data.length; start += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, data.length - start)
    const work = memory.subarray(WORK, WORK + length)
    memory.set(data.subarray(start, start + length), PLAIN)
    xor(WORK, PLAIN, PLAIN - 2 * BLOCK_BYTES, WORK + length)
    const encrypted = cipher.update(work)
    work.set(encrypted)
    disposeOf(encrypted)
    xor(WORK, WORK, PLAIN - BLOCK_BYTES, WORK + length)
    target.set(work, start)
    memory.copyWithin(PREVIOUS, length, length + PLAIN)
  }
  const used = Math.min(data.length, PIECE_BYTES)
  memory.fill(0, PREVIOUS, PLAIN + used).fill(0, WORK, WORK + used)
  return target
}
