import { equalPiecesConstantTime } from '../../bytes/equal.js'
import { MSG_KEY_AT, PACKET_HEADER_BYTES } from '../limits.js'
import { instantiate } from './assembler.js'
import type { WasmCipher } from './cipher.js'
import { AUTH_KEY, DATA, DATA_BYTES, HASH, HASH_PADDING, MSG_KEY, SECRETS, SHA256_CONSTANTS } from './layout.js'
import { packetWasmBytes } from './packet-module.js'
import { sha256Constants } from './sha256.js'

const MSG_KEY_BYTES = 16

interface PacketExports {
  seal(length: number, x: number): void
  open(length: number, x: number): void
}

/** Whole packets in the memory of a cipher. Between two calls it holds no key and no data. */
export class WasmPackets {
  readonly #exports: PacketExports
  readonly #memory: Uint8Array

  constructor({ exports }: WasmCipher) {
    this.#exports = instantiate(packetWasmBytes(), exports)
    this.#memory = new Uint8Array(exports.memory.buffer)
    new Int32Array(exports.memory.buffer).set(sha256Constants(), SHA256_CONSTANTS / 4)
  }

  /** Packets of more bytes do not find room for {@link seal} and {@link open}. */
  static readonly mostBytes: number = DATA_BYTES - HASH_PADDING

  /**
   * Encrypts what stands in `packet` behind its header, and writes its msg_key into the header.
   * @param x 0 for a packet of the client, 8 for one of the server
   */
  seal(authKey: Uint8Array, packet: Uint8Array, x: 0 | 8): void {
    const memory = this.#memory
    const length = packet.length - PACKET_HEADER_BYTES
    memory.set(authKey, AUTH_KEY)
    memory.set(packet.subarray(PACKET_HEADER_BYTES), DATA)
    this.#exports.seal(length, x)
    packet.set(memory.subarray(MSG_KEY, DATA + length), MSG_KEY_AT)
    memory.fill(0, SECRETS, DATA + length + HASH_PADDING)
  }

  /**
   * Decrypts what stands in `packet` behind its header into `target`.
   * @returns whether msg_key is that of the plaintext, found in constant time
   */
  open(authKey: Uint8Array, packet: Uint8Array, x: 0 | 8, target: Uint8Array): boolean {
    const memory = this.#memory
    const { length } = target
    memory.set(authKey, AUTH_KEY)
    memory.set(packet.subarray(MSG_KEY_AT), MSG_KEY)
    this.#exports.open(length, x)
    target.set(memory.subarray(DATA, DATA + length))
    const authentic = equalPiecesConstantTime(memory, HASH + 8, packet, MSG_KEY_AT, MSG_KEY_BYTES)
    memory.fill(0, SECRETS, DATA + length + HASH_PADDING)
    return authentic
  }
}
