import type { Described } from '../described/define.js'
import type { DescribedReaders } from '../described/readers.js'
import type { Identified } from '../hooks.js'
import type { TlObject } from '../object.js'
import type { Reader } from '../reader.js'
import { isOrExtends } from '../registry.js'
import type { ReadFields } from '../registry.js'
import type { CompactSchema } from './schema.js'

/** Reads objects of any type, by their id. A class is made for what is read alone: its id can be had without it. */
export class CompactObjects {
  readonly #name: string
  readonly #schema: CompactSchema
  readonly #readers: DescribedReaders
  #names: ReadonlyMap<number, string> | undefined

  /** `name` says in errors which schema it is: `layer 228`. */
  constructor(name: string, schema: CompactSchema, readers: DescribedReaders) {
    this.#name = name
    this.#schema = schema
    this.#readers = readers
  }

  /** The reader of the fields of a class of this schema, or of one that extends it. */
  find(of: Identified): ReadFields | undefined {
    const own = this.#ofId(of.CONSTRUCTOR_ID)
    return own !== undefined && isOrExtends(of, own) ? this.#readers.fieldsOf(own) : undefined
  }

  /** @throws {TlDecodeError} for an id that the schema does not have, and for bytes that do not fit */
  read(r: Reader): TlObject {
    const id = r.uint()
    const of = this.#ofId(id) ?? r.unknown(id, this.#name)
    return this.#readers.fieldsOf(of)(r)
  }

  #ofId(id: number): Described | undefined {
    this.#names ??= this.#schema.constructorIds()
    const name = this.#names.get(id)
    return name === undefined ? undefined : this.#schema.classOf(name)
  }
}
