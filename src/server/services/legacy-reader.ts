import * as Api from '../../../generated/api/index.js'
import { Reader } from '../../tl/reader.js'
import { FORMS_BY_ID } from './legacy-ids.js'

interface Meant {
  readonly id: number
  readonly flagless: boolean
}

let meantById: ReadonlyMap<number, Meant> | undefined

/** What the ids of other layers mean today, looked up when the first client of one comes. */
function meant(id: number): Meant | undefined {
  meantById ??= new Map([...FORMS_BY_ID].map(([legacyId, { name, flagless }]) => [legacyId, { id: idOf(name), flagless }]))
  return meantById.get(id)
}

function idOf(name: string): number {
  const [namespace, inner] = name.split('.') as [string, string | undefined]
  const found = (Api as unknown as Record<string, unknown>)[namespace]
  const Class = (inner === undefined ? found : (found as Record<string, unknown>)[inner]) as { readonly CONSTRUCTOR_ID: number }
  return Class.CONSTRUCTOR_ID
}

/**
 * Reads what clients of other layers say: where today's forms have nothing but optional fields more, the id is another
 * one, and the flags may not be there yet.
 */
export class LegacyReader extends Reader {
  #withoutFlags = false

  override uint(): number {
    const id = super.uint()
    const today = meant(id)
    if (today === undefined) return id
    this.#withoutFlags = today.flagless
    return today.id
  }

  override flags(field?: string): number {
    if (!this.#withoutFlags) return super.flags(field)
    this.#withoutFlags = false
    return 0
  }
}
