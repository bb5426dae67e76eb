import { asBytes, concat, type Bytes } from '../../bytes/bytes.js'
import { LocalError } from '../../errors/errors.js'
import { describe } from '../../errors/evidence.js'

/** Joins bytes. What they spell in TL comes from `getBytes()` of objects and from `serializeBytes`. */
export class BinaryWriter {
  readonly #parts: Uint8Array[] = []

  /** @param stream what the result begins with */
  constructor(stream?: Uint8Array) {
    if (stream !== undefined) this.write(stream)
  }

  /** @throws {LocalError} `argument`, when it is given no bytes */
  write(bytes: Uint8Array): void {
    if (!(bytes instanceof Uint8Array)) {
      const [expected, got] = ['a Uint8Array', describe(bytes)]
      throw new LocalError('argument', `only bytes can be written: expected ${expected}, got ${got}`, { expected, got })
    }
    this.#parts.push(bytes)
  }

  /** Everything so far, as a copy. */
  getValue(): Bytes {
    return asBytes(concat(...this.#parts))
  }
}
