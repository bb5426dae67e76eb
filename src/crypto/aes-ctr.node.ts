import { createCipheriv, type Cipher } from 'node:crypto'
import { checkCtrArguments } from './aes-arguments.js'

/** One continuous AES-256-CTR stream: a call goes on in the key stream where the last one stopped. */
export class AesCtr {
  readonly #cipher: Cipher

  /** @throws {LocalError} `argument`, when the key is not of 32 bytes or the initial counter not of 16. */
  constructor(key: Uint8Array, iv: Uint8Array) {
    checkCtrArguments(key, iv)
    this.#cipher = createCipheriv('aes-256-ctr', key, iv)
  }

  /** The next bytes, encrypted or decrypted: in this mode both are the same. */
  update(bytes: Uint8Array): Uint8Array {
    const out = this.#cipher.update(bytes)
    return new Uint8Array(out.buffer, out.byteOffset, out.byteLength)
  }
}
