import type { Bytes } from '../../bytes/bytes.js'
import { asBytes } from '../../bytes/bytes.js'
import { Reader } from '../../tl/reader.js'
import type { SeededNumbers } from './seeded-numbers.js'

/** Depth of objects and lists from which on everything is as small as it can be. */
const FULL_DEPTH = 5
const MAX_ITEMS = 2
const MAX_BYTES = 12
const MAX_INT = 100_000
/** Ids of users, chats and messages stay far from the ranges that have a meaning of their own. */
const MAX_LONG = 2 ** 40
const WORDS = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel', 'india', 'juliett'] as const

/** What the generated code asks for where a type has several constructors. */
export type MakeObject = (type: string, reader: MadeUpReader) => unknown

/**
 * A reader without bytes. The generated readers know every type to its last field: whatever they ask for, this one makes
 * up, and so what they build is valid because they built it.
 */
export class MadeUpReader extends Reader {
  readonly #numbers: SeededNumbers
  readonly #makeObject: MakeObject
  #nesting = 0

  constructor(numbers: SeededNumbers, makeObject: MakeObject) {
    super(new Uint8Array(0))
    this.#numbers = numbers
    this.#makeObject = makeObject
  }

  /** Deep enough that only the smallest objects should follow. */
  get isDeep(): boolean {
    return this.#nesting >= FULL_DEPTH
  }

  /** In front of a boxed object no id is made up: {@link unknown} chooses the object instead. */
  override uint(): number {
    return 0
  }

  /** Called by the reader of a type that does not know the id 0. @returns an object of the type, against the signature */
  override unknown(_id: number, type: string): never {
    return this.#makeObject(type, this) as never
  }

  /** The id of a type's only constructor is always right. */
  override expect(): void {}

  override int(): number {
    return this.#numbers.below(MAX_INT)
  }

  override bigint(): bigint {
    return BigInt(this.#numbers.below(MAX_LONG))
  }

  override double(): number {
    return this.#numbers.below(MAX_INT) / 100
  }

  override flags(): number {
    return this.isDeep ? 0 : this.#numbers.bits() & this.#numbers.bits()
  }

  override bool(): boolean {
    return this.#numbers.below(2) === 1
  }

  override string(): string {
    return `${WORDS[this.#numbers.below(WORDS.length)]} ${this.#numbers.below(100)}`
  }

  override byteString(): Bytes {
    return asBytes(this.raw(this.#numbers.below(MAX_BYTES + 1)))
  }

  override raw(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.#numbers.below(256))
  }

  override count(): number {
    return this.isDeep ? 0 : this.#numbers.below(MAX_ITEMS + 1)
  }

  override open<T extends object>(value: T): T {
    this.#nesting += 1
    return super.open(value)
  }

  override close<T extends object>(value: T): T {
    this.#nesting -= 1
    return super.close(value)
  }
}
