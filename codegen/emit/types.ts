import type { Param, PrimitiveName, TypeRef } from '../ir/ir.js'
import { PEER_TYPES } from '../modules/entity-like.js'
import { isMoment } from '../modules/moments.js'
import type { ModuleOptions } from '../modules/options.js'
import { className, typeName } from './context.js'
import type { FileContext } from './context.js'

/** Where a type stands: an argument takes what can be turned into a field; a field is what it has become. */
export type Position = 'argument' | 'field'

/** What the owner of a field says about it. */
export interface Owner {
  /** Its peers may be anything that the client can resolve before it sends them. */
  readonly entityLike: boolean
}

export const ENTITY_LIKE_FILE = 'entity-like.ts'

export function paramType(context: FileContext, param: Param, owner: Owner, position: Position): string {
  if (position === 'argument' && isMoment(param)) return context.imports.runtime('DateLike', 'type')
  return refType(context, param.type, owner, position)
}

export function refType(context: FileContext, ref: TypeRef, owner: Owner, position: Position): string {
  switch (ref.kind) {
    case 'primitive':
      return primitiveType(context, ref.name, position)
    case 'boxed':
      return takesEntity(ref, owner)
        ? context.imports.generated(ENTITY_LIKE_FILE, 'TypeEntityLike', '', 'type')
        : typeName(context, ref.type)
    case 'bare':
      return className(context, context.plan.constructors.get(ref.combinator)!, 'type')
    case 'vector':
      return arrayOf(refType(context, ref.item, owner, position))
    case 'generic':
      return ref.query ? `${context.imports.runtime('TlRequest', 'type')}<${ref.name}, Raises>` : ref.name
    case 'object':
      return context.imports.runtime('TlObject', 'type')
  }
}

const takesEntity = (ref: TypeRef, owner: Owner): boolean =>
  owner.entityLike && ref.kind === 'boxed' && PEER_TYPES.has(ref.type)

const arrayOf = (item: string): string => (item.includes(' ') ? `(${item})[]` : `${item}[]`)

function primitiveType({ plan, imports }: FileContext, name: PrimitiveName, position: Position): string {
  switch (name) {
    case 'int':
    case '#':
    case 'double':
      return 'number'
    case 'string':
      return 'string'
    case 'Bool':
    case 'true':
      return 'boolean'
    case 'bytes':
    case 'int128':
    case 'int256':
    case 'long': {
      const converted = conversion(plan.options, { kind: 'primitive', name })
      if (converted === undefined) return name === 'long' ? 'bigint' : imports.global('Uint8Array')
      if (converted === 'bytesOf') return position === 'argument' ? imports.global('Uint8Array') : imports.runtime('Bytes', 'type')
      return imports.runtime(position === 'argument' ? 'LongLike' : 'BigInteger', 'type')
    }
  }
}

/** The function of the runtime that turns an argument of this type into a field, where the two differ. */
export function conversion(options: ModuleOptions, ref: TypeRef): string | undefined {
  if (ref.kind === 'vector' && ref.item.kind === 'primitive') {
    const item = conversion(options, ref.item)
    return item === undefined ? undefined : `${item.slice(0, -2)}sOf`.replace('bytessOf', 'byteStringsOf')
  }
  if (ref.kind !== 'primitive') return undefined
  switch (ref.name) {
    case 'bytes':
      return options.wide === 'bytes' ? undefined : 'bytesOf'
    case 'int128':
    case 'int256':
      return options.wide === 'bytes' ? undefined : 'longOf'
    case 'long':
      return options.long === 'bigint' ? undefined : 'longOf'
    default:
      return undefined
  }
}

export const isLong = (ref: TypeRef): boolean => ref.kind === 'primitive' && ref.name === 'long'
