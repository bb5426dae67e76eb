import { createHash } from 'node:crypto'

/** MD5 (RFC 1321) of bytes that come piece by piece. A checksum against accidents; it proves nothing. */
export class Md5 {
  readonly #hash = createHash('md5')

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes)
  }

  /** 32 lower-case digits. Afterwards the object is of no use any more. */
  hex(): string {
    return this.#hash.digest('hex')
  }
}
