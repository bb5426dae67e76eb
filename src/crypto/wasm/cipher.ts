import { LocalError } from '../../errors/errors.js'
import { aesTables } from '../aes-tables.js'
import { aesWasmBytes } from './aes.js'
import { instantiate } from './assembler.js'
import {
  AUTH_KEY,
  CHAIN,
  DATA,
  DATA_BYTES,
  FORWARD,
  HASH,
  HASH_PADDING,
  INVERSE,
  INVERSE_SBOX,
  KEYS,
  MSG_KEY,
  SBOX,
  SECRETS,
  SHA256_CONSTANTS,
} from './layout.js'
import { messagesWasmBytes } from './messages.js'
import { sha256Constants } from './sha256.js'

const KEY_BYTES = 32
const MSG_KEY_BYTES = 16
/** Where msg_key, which data follows, stands in a packet. */
const MSG_KEY_AT = 8
const HEADER_BYTES = MSG_KEY_AT + MSG_KEY_BYTES

interface AesExports {
  readonly memory: WebAssembly.Memory
  expandKey(): void
  invertKey(): void
  encrypt(start: number, end: number): void
  decrypt(start: number, end: number): void
}

interface MessageExports {
  seal(length: number, x: number): void
  open(length: number, x: number): void
}

/** One instance of the modules, with their memory. Between two calls it holds no key and no data. */
export class WasmCipher {
  readonly #aes: AesExports
  readonly #messages: MessageExports
  readonly #memory: Uint8Array

  /** @throws where the platform has no WebAssembly, or a content security policy forbids it */
  constructor() {
    this.#aes = instantiate(aesWasmBytes())
    this.#messages = instantiate(messagesWasmBytes(), this.#aes)
    const { buffer } = this.#aes.memory
    this.#memory = new Uint8Array(buffer)
    const words = new Int32Array(buffer)
    const { sbox, inverseSbox, forward, inverse } = aesTables()
    forward.forEach((table, row) => words.set(table, FORWARD / 4 + 256 * row))
    inverse.forEach((table, row) => words.set(table, INVERSE / 4 + 256 * row))
    words.set(sha256Constants(), SHA256_CONSTANTS / 4)
    this.#memory.set(sbox, SBOX)
    this.#memory.set(inverseSbox, INVERSE_SBOX)
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
    this.#aes.expandKey()
    if (direction === 'decrypt') this.#aes.invertKey()
    for (let start = 0; start < data.length; start += DATA_BYTES) {
      const length = Math.min(DATA_BYTES, data.length - start)
      memory.set(length === data.length ? data : data.subarray(start, start + length), DATA)
      this.#aes[direction](DATA, DATA + length)
      target.set(memory.subarray(DATA, DATA + length), start)
    }
    memory.fill(0, SECRETS, DATA + Math.min(data.length, DATA_BYTES))
    return target
  }

  /** Packets of more bytes do not find room for {@link seal} and {@link open}. */
  static readonly mostBytes: number = DATA_BYTES - HASH_PADDING

  /**
   * Encrypts what stands in `packet` behind its header, and writes its msg_key into the header.
   * @param x 0 for a packet of the client, 8 for one of the server
   */
  seal(authKey: Uint8Array, packet: Uint8Array, x: 0 | 8): void {
    const memory = this.#memory
    const length = packet.length - HEADER_BYTES
    memory.set(authKey, AUTH_KEY)
    memory.set(packet.subarray(HEADER_BYTES), DATA)
    this.#messages.seal(length, x)
    packet.set(memory.subarray(MSG_KEY, DATA + length), MSG_KEY_AT)
    memory.fill(0, SECRETS, DATA + length + HASH_PADDING)
  }

  /**
   * Decrypts what stands in `packet` behind its header into `target`.
   * @returns what msg_key has to be, if this is what was sent
   */
  open(authKey: Uint8Array, packet: Uint8Array, x: 0 | 8, target: Uint8Array): Uint8Array {
    const memory = this.#memory
    const { length } = target
    memory.set(authKey, AUTH_KEY)
    memory.set(packet.subarray(MSG_KEY_AT), MSG_KEY)
    this.#messages.open(length, x)
    target.set(memory.subarray(DATA, DATA + length))
    const msgKey = memory.slice(HASH + 8, HASH + 8 + MSG_KEY_BYTES)
    memory.fill(0, SECRETS, DATA + length + HASH_PADDING)
    return msgKey
  }
}

let shared: WasmCipher | 'unavailable' | undefined

/** The one that everybody uses, made when first asked for; `undefined` where the platform lets nobody have one. */
export function sharedWasmCipher(): WasmCipher | undefined {
  if (shared === undefined) {
    try {
      shared = new WasmCipher()
    } catch {
      shared = 'unavailable'
    }
  }
  return shared === 'unavailable' ? undefined : shared
}
