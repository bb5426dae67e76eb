import type { Combinator, Schema } from '../ir/ir.js'
import { indexSchema } from '../ir/lookup.js'
import type { SchemaIndex } from '../ir/lookup.js'
import { splitName } from '../ir/names.js'

/**
 * Several schemas as one: the API and the service schema share the wire and no number. They do share names: both have a
 * `message`. What a definition refers to is its own schema's; otherwise the first with a name wins.
 */
export class Definitions {
  readonly #indexes: readonly SchemaIndex[]
  readonly #homes = new Map<Combinator, SchemaIndex>()

  constructor(schemas: readonly Schema[]) {
    this.#indexes = schemas.map(indexSchema)
    for (const index of this.#indexes) for (const each of index.schema.combinators) this.#homes.set(each, index)
  }

  byId(id: number): Combinator | undefined {
    return this.#first((index) => index.byId.get(id))
  }

  /** All with a TL name, or with a class of that name (`messages.GetHistory`); those of the schema of `near` first. */
  byName(name: string, near?: Combinator): readonly Combinator[] {
    const { namespace, local } = splitName(name)
    const lower = `${local.charAt(0).toLowerCase()}${local.slice(1)}`
    const tlName = namespace === '' ? lower : `${namespace}.${lower}`
    return [name, tlName].flatMap((wanted) =>
      this.#from(near).flatMap(({ methods, constructors }) => methods.get(wanted) ?? constructors.get(wanted) ?? []),
    )
  }

  constructorByName(name: string, near?: Combinator): Combinator | undefined {
    return this.#first((index) => index.constructors.get(name), near)
  }

  constructorsOf(type: string, near?: Combinator): readonly string[] | undefined {
    return this.#first((index) => index.types.get(type), near)?.constructors
  }

  *names(): Iterable<string> {
    for (const { schema } of this.#indexes) for (const { tlName } of schema.combinators) yield tlName
  }

  #from(near: Combinator | undefined): readonly SchemaIndex[] {
    const home = near && this.#homes.get(near)
    return home === undefined ? this.#indexes : [home, ...this.#indexes.filter((index) => index !== home)]
  }

  #first<T>(find: (index: SchemaIndex) => T | undefined, near?: Combinator): T | undefined {
    for (const index of this.#from(near)) {
      const found = find(index)
      if (found !== undefined) return found
    }
    return undefined
  }
}

export const VECTOR_ID = 0x1cb5c415
export const BOOL_TRUE_ID = 0x997275b5
export const BOOL_FALSE_ID = 0xbc799737
/** Objects and vectors inside each other; nothing that Telegram sends comes near. */
export const MAX_DEPTH = 64
