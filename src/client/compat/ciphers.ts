/** The two ciphers of MTProto under the names that existing code imports. */
import { asBytes, concat, type Bytes } from '../../bytes/bytes.js'
import { AesCtr } from '../../crypto/aes-ctr.node.js'
import { aesIgeDecrypt, aesIgeEncrypt } from '../../crypto/aes-ige.js'
import { randomBytes } from '../../platform/random.js'
import { systemPlatform } from '../../platform/system.js'

const BLOCK = 16

/** AES-256-IGE under one key and vector; every call begins anew. */
export class IGE {
  readonly #key: Uint8Array
  readonly #iv: Uint8Array

  /** @param key 32 bytes; @param iv 32 bytes */
  constructor(key: Uint8Array, iv: Uint8Array) {
    this.#key = key
    this.#iv = iv
  }

  /** Random bytes fill the last block up. */
  encryptIge(plainText: Uint8Array): Bytes {
    const padding = randomBytes(systemPlatform.random, (BLOCK - (plainText.length % BLOCK)) % BLOCK)
    return asBytes(aesIgeEncrypt(concat(plainText, padding), this.#key, this.#iv))
  }

  /** @throws {LocalError} `argument`, for anything but whole blocks of 16 bytes */
  decryptIge(cipherText: Uint8Array): Bytes {
    return asBytes(aesIgeDecrypt(cipherText, this.#key, this.#iv))
  }
}

/** One stream of AES-256-CTR: a call goes on where the last one stopped. */
export class CTR {
  readonly #stream: AesCtr

  /** @throws {LocalError} `argument`, when the key is not of 32 bytes or the counter not of 16 */
  constructor(key: Uint8Array, iv: Uint8Array) {
    this.#stream = new AesCtr(key, iv)
  }

  /** Encrypts, or decrypts: in this mode both are the same. */
  encrypt(data: Uint8Array): Bytes {
    return asBytes(this.#stream.update(data))
  }
}
