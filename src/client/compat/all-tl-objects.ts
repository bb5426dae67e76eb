import * as Api from '../../../generated/api/index.js'
import type { TlClass, TlObject } from '../../tl/object.js'
import type { Reader } from '../../tl/reader.js'

/** A class of the API, of which only the id is known. */
export type AnyTlClass = TlClass & {
  new (args: never): TlObject
  readonly prototype: TlObject
  fromReader(reader: Reader): TlObject
}

/**
 * Every class of the API by its constructor id. It can be read only: what a server may send beside it is compiled from
 * a schema of one's own with `rawgram gen`.
 */
export const tlobjects: Readonly<Record<number, AnyTlClass>> = /* @__PURE__ */ byId()

function byId(): Readonly<Record<number, AnyTlClass>> {
  const classes: Record<number, AnyTlClass> = {}
  for (const member of Object.values<unknown>(Api)) {
    const members = typeof member === 'function' ? [member] : Object.values(member as object)
    for (const each of members) if (isTlClass(each)) classes[each.CONSTRUCTOR_ID] = each
  }
  return Object.freeze(classes)
}

function isTlClass(value: unknown): value is AnyTlClass {
  return typeof value === 'function' && 'CONSTRUCTOR_ID' in value
}
