import { LocalError } from '../../errors/errors.js'
import { aesTables } from '../aes-tables.js'
import { aesWasmBytes, TURN } from './aes.js'
import { instantiate } from './assembler.js'
import { CHAIN, DATA, DATA_BYTES, FORWARD, INVERSE, INVERSE_SBOX, KEYS, SBOX, SECRETS } from './layout.js'
import { shared } from './shared.js'

const KEY_BYTES = 32

export interface AesExports {
  readonly memory: WebAssembly.Memory
  expandKey(): void
  turnKey(): void
  invertKey(): void
  encrypt(start: number, end: number): void
  decrypt(start: number, end: number): void
}

/** One instance of the module, with its memory. Between two calls it holds no key and no data. */
export class WasmCipher {
  /** For modules that work in the same memory. */
  readonly exports: AesExports
  readonly #memory: Uint8Array

  /** @throws where the platform has no WebAssembly, or a content security policy forbids it */
  constructor() {
    this.exports = instantiate(aesWasmBytes())
    const { buffer } = this.exports.memory
    this.#memory = new Uint8Array(buffer)
    const words = new Int32Array(buffer)
    const { sbox, inverseSbox, forward, inverse } = aesTables()
    const turned = (word: number): number => (word << TURN) | (word >>> (32 - TURN))
    forward.forEach((table, row) => words.set(table.map(turned), FORWARD / 4 + 256 * row))
    inverse.forEach((table, row) => words.set(table.map(turned), INVERSE / 4 + 256 * row))
    words.set(sbox, SBOX / 4)
    words.set(inverseSbox, INVERSE_SBOX / 4)
  }

  /** AES-256-IGE of whole blocks: `key` and `iv` have 32 bytes. `target` may be `data` itself. */
  ige(
    direction: 'encrypt' | 'decrypt',
    data: Uint8Array,
    key: Uint8Array,
    iv: Uint8Array,
    target: Uint8Array = new Uint8Array(data.length),
  ): Uint8Array {
    if (key.length !== KEY_BYTES) throw new LocalError('argument', 'the module takes keys of 256 bits', { path: 'key' })
    const memory = this.#memory
    memory.set(key, KEYS)
    memory.set(iv, CHAIN)
    this.exports.expandKey()
    if (direction === 'decrypt') this.exports.invertKey()
    else this.exports.turnKey()
    for (let start = 0; start < data.length; start += DATA_BYTES) {
      const length = Math.min(DATA_BYTES, data.length - start)
      memory.set(length === data.length ? data : data.subarray(start, start + length), DATA)
      this.exports[direction](DATA, DATA + length)
      target.set(memory.subarray(DATA, DATA + length), start)
    }
    memory.fill(0, SECRETS, DATA + Math.min(data.length, DATA_BYTES))
    return target
  }
}

/** The one that everybody uses. */
export const sharedWasmCipher: () => WasmCipher | undefined = /* @__PURE__ */ shared(() => new WasmCipher())
