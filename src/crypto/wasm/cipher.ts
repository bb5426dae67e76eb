import { LocalError } from '../../errors/errors.js'
import { aesWasmBytes } from './aes.js'
import { instantiate } from './assembler.js'
import { CHAIN, DATA, DATA_BYTES, KEYS, SECRETS } from './layout.js'
import { shared } from './shared.js'
import { wasmTables } from './tables.js'

const KEY_BYTES = 32

export interface AesExports {
  readonly memory: WebAssembly.Memory
  expandKey(): void
  forwardKey(): void
  inverseKey(): void
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
    this.#memory = new Uint8Array(this.exports.memory.buffer)
    this.#memory.set(wasmTables())
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
    if (direction === 'decrypt') this.exports.inverseKey()
    else this.exports.forwardKey()
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
