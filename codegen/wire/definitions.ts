import type { Combinator, Schema } from '../ir/ir.js'
import { indexSchema } from '../ir/lookup.js'
import type { SchemaIndex } from '../ir/lookup.js'
import { splitName } from '../ir/names.js'

/** Several schemas as one: the API and the service schema share the wire and no number. The first with a name wins. */
export class Definitions {
  readonly #indexes: readonly SchemaIndex[]

  constructor(schemas: readonly Schema[]) {
    this.#indexes = schemas.map(indexSchema)
  }

  byId(id: number): Combinator | undefined {
    return this.#first((index) => index.byId.get(id))
  }

  /** By TL name, or by the name of the class: `messages.GetHistory`. */
  byName(name: string): Combinator | undefined {
    const { namespace, local } = splitName(name)
    const lower = `${local.charAt(0).toLowerCase()}${local.slice(1)}`
    const tlName = namespace === '' ? lower : `${namespace}.${lower}`
    const either = (wanted: string): Combinator | undefined =>
      this.#first(({ methods, constructors }) => methods.get(wanted) ?? constructors.get(wanted))
    return either(name) ?? either(tlName)
  }

  constructorByName(name: string): Combinator | undefined {
    return this.#first((index) => index.constructors.get(name))
  }

  constructorsOf(type: string): readonly string[] | undefined {
    return this.#first((index) => index.types.get(type))?.constructors
  }

  *names(): Iterable<string> {
    for (const { schema } of this.#indexes) for (const { tlName } of schema.combinators) yield tlName
  }

  #first<T>(find: (index: SchemaIndex) => T | undefined): T | undefined {
    for (const index of this.#indexes) {
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
