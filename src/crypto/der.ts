import { bigIntFromBytesBE, bigIntToMinimalBytesBE } from '../bytes/bigint.js'
import { concat } from '../bytes/bytes.js'
import { LocalError } from '../errors/errors.js'

const INTEGER = 0x02
const BIT_STRING = 0x03
const OCTET_STRING = 0x04
const SEQUENCE = 0x30

const damaged = (why: string): LocalError => new LocalError('argument', `the key is damaged: ${why}`, { path: 'pem' })

/** Reads the few elements of DER (X.690) that RSA keys consist of. @throws {LocalError} `argument` on anything else */
export class DerReader {
  readonly #bytes: Uint8Array
  #position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Whether an integer comes next. */
  get atInteger(): boolean {
    return this.#bytes[this.#position] === INTEGER
  }

  sequence(): DerReader {
    return new DerReader(this.#element(SEQUENCE))
  }

  octetString(): DerReader {
    return new DerReader(this.#element(OCTET_STRING))
  }

  /** The content of a bit string of whole bytes. */
  bitString(): DerReader {
    const content = this.#element(BIT_STRING)
    if (content[0] !== 0) throw damaged('a bit string that is no whole bytes')
    return new DerReader(content.subarray(1))
  }

  /** An integer that is not negative. */
  integer(): bigint {
    const content = this.#element(INTEGER)
    if (content.length === 0 || content[0]! >= 0x80) throw damaged('an integer that is empty or negative')
    return bigIntFromBytesBE(content)
  }

  #element(tag: number): Uint8Array {
    if (this.#next() !== tag) throw damaged(`expected an element of type 0x${tag.toString(16)}`)
    let length = this.#next()
    if (length >= 0x80) {
      const lengthBytes = length & 0x7f
      if (lengthBytes === 0 || lengthBytes > 3) throw damaged('a length that no key has')
      length = 0
      for (let i = 0; i < lengthBytes; i++) length = length * 256 + this.#next()
    }
    const start = this.#position
    this.#position += length
    if (this.#position > this.#bytes.length) throw damaged('it is cut short')
    return this.#bytes.subarray(start, this.#position)
  }

  #next(): number {
    const byte = this.#bytes[this.#position++]
    if (byte === undefined) throw damaged('it is cut short')
    return byte
  }
}

function element(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content
  const lengthBytes = length < 0x80 ? Uint8Array.of(length) : bigIntToMinimalBytesBE(BigInt(length))
  const head = length < 0x80 ? lengthBytes : concat(Uint8Array.of(0x80 | lengthBytes.length), lengthBytes)
  return concat(Uint8Array.of(tag), head, content)
}

/** `SEQUENCE` of integers that are not negative: the whole of PKCS#1 (RFC 8017, A.1). */
export function derIntegers(...values: readonly bigint[]): Uint8Array {
  const integers = values.map((value) => {
    const bytes = bigIntToMinimalBytesBE(value)
    // The highest bit is the sign, so that a zero byte goes before it where it is set (and is the whole of 0).
    return element(INTEGER, bytes.length === 0 || bytes[0]! >= 0x80 ? concat(Uint8Array.of(0), bytes) : bytes)
  })
  return element(SEQUENCE, concat(...integers))
}
