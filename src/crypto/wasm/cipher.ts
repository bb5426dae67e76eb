import { LocalError } from '../../errors/errors.js'
import { aesTables, type AesTables } from '../aes-tables.js'
import { aesWasmBytes } from './aes.js'
import { instantiate } from './assembler.js'
import {
  BYTE_AT,
  CHAIN,
  DATA,
  DATA_BYTES,
  ENTRY,
  FORWARD,
  INVERSE,
  INVERSE_SBOX,
  KEYS,
  SBOX,
  SECRETS,
  TABLE,
} from './layout.js'
import { shared } from './shared.js'

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
    const { buffer } = this.exports.memory
    this.#memory = new Uint8Array(buffer)
    fillTables(buffer)
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

function fillTables(memory: ArrayBuffer): void {
  const { sbox, inverseSbox, forward, inverse } = aesTables()
  const lanes = new Uint16Array(memory)
  const bytes = new Uint8Array(memory)
  const fill = (at: number, tables: AesTables['forward']): void =>
    tables.forEach((words, row) =>
      words.forEach((word, byte) => {
        const entry = at + TABLE * row + ENTRY * byte
        for (let lane = 0; lane < 4; lane++) lanes[entry / 2 + lane] = ENTRY * ((word >>> (8 * lane)) & 255)
      }),
    )
  fill(FORWARD, forward)
  fill(INVERSE, inverse)
  sbox.forEach((value, byte) => (bytes[SBOX + ENTRY * byte + BYTE_AT] = value))
  inverseSbox.forEach((value, byte) => (bytes[INVERSE_SBOX + ENTRY * byte + BYTE_AT] = value))
}

/** The one that everybody uses. */
export const sharedWasmCipher: () => WasmCipher | undefined = /* @__PURE__ */ shared(() => new WasmCipher())
