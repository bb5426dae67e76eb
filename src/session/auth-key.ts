import bigInt from 'big-integer'
import { asBytes, type Bytes } from '../bytes/bytes.js'
import { equalConstantTime } from '../bytes/equal.js'
import { sha1 } from '../crypto/sha.js'
import { LocalError } from '../errors/errors.js'
import { AUTH_KEY_LENGTH } from './limits.js'

/**
 * The 2048-bit secret that a client shares with one data centre. It never shows itself: neither `JSON.stringify` nor
 * `console.log` prints the key.
 * @see https://core.telegram.org/mtproto/description#authorization-key
 */
export class AuthKey {
  #key: Uint8Array | undefined
  #keyId: bigInt.BigInteger | undefined

  constructor(value?: Uint8Array) {
    if (value !== undefined) this.#set(value)
  }

  /**
   * Replaces the key; without a value, forgets it.
   * @throws {LocalError} `session`, when the value is not 256 bytes long.
   */
  async setKey(value?: Uint8Array | AuthKey): Promise<void> {
    const bytes = value instanceof AuthKey ? value.#key : value
    if (bytes === undefined) {
      this.#key = undefined
      this.#keyId = undefined
    } else {
      this.#set(bytes)
    }
  }

  /** The 256 bytes of the key, or `undefined` where none is set. */
  getKey(): Bytes | undefined {
    return this.#key === undefined ? undefined : asBytes(this.#key)
  }

  /** The low 64 bits of SHA-1 of the key, by which both sides name it; unsigned. */
  get keyId(): bigInt.BigInteger | undefined {
    return (this.#keyId ??= this.#hash(12))
  }

  /** The high 64 bits of that hash, which a key exchange repeats; unsigned. */
  get auxHash(): bigInt.BigInteger | undefined {
    return this.#hash(0)
  }

  equals(other: AuthKey): boolean {
    return this.#key !== undefined && other.#key !== undefined && equalConstantTime(this.#key, other.#key)
  }

  #hash(offset: number): bigInt.BigInteger | undefined {
    if (this.#key === undefined) return undefined
    const { buffer, byteOffset } = sha1(this.#key)
    return bigInt(new DataView(buffer, byteOffset + offset, 8).getBigUint64(0, true))
  }

  #set(value: Uint8Array): void {
    if (value.length !== AUTH_KEY_LENGTH) {
      throw new LocalError('session', `an authorisation key has ${AUTH_KEY_LENGTH} bytes, got ${value.length}`, {
        expected: `${AUTH_KEY_LENGTH} bytes`,
        got: `${value.length} bytes`,
      })
    }
    this.#key = new Uint8Array(value)
    this.#keyId = undefined
  }
}
