import { checkCtrArguments } from './aes-arguments.js'
import { encryptBlock } from './aes-block.js'
import { expandKey, type RoundKeys } from './aes-key.js'

/** One continuous AES-256-CTR stream: a call goes on in the key stream where the last one stopped. */
export class AesCtr {
  readonly #keys: RoundKeys
  readonly #counter: Uint8Array
  readonly #counterWords: Int32Array
  readonly #stream = new Int32Array(4)
  readonly #streamBytes: Uint8Array = new Uint8Array(this.#stream.buffer)
  /** How much of the current block of the key stream is used up. */
  #used = 16

  /** @throws {LocalError} `argument`, when the key is not of 32 bytes or the initial counter not of 16. */
  constructor(key: Uint8Array, iv: Uint8Array) {
    checkCtrArguments(key, iv)
    this.#keys = expandKey(key)
    this.#counter = new Uint8Array(iv)
    this.#counterWords = new Int32Array(this.#counter.buffer)
  }

  /** The next bytes, encrypted or decrypted: in this mode both are the same. */
  update(bytes: Uint8Array): Uint8Array {
    const out = new Uint8Array(bytes)
    const stream = this.#streamBytes
    let used = this.#used
    for (let at = 0; at < out.length; ) {
      if (used === 16) {
        this.#nextBlock()
        used = 0
      }
      const end = Math.min(at + 16 - used, out.length)
      while (at < end) out[at++]! ^= stream[used++]!
    }
    this.#used = used
    return out
  }

  #nextBlock(): void {
    const words = this.#counterWords
    const stream = this.#stream
    for (let i = 0; i < 4; i++) stream[i] = words[i]!
    encryptBlock(this.#keys, stream)
    // The counter is one big-endian number of 128 bits (SP 800-38A, appendix B).
    const counter = this.#counter
    for (let i = 15; i >= 0; i--) if ((counter[i] = (counter[i]! + 1) & 255) !== 0) break
  }
}
