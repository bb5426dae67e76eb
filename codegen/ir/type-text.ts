import type { Param, TypeRef } from './ir.js'

/** A reference as TL writes it: `Vector<InputPeer>`, `!X`. */
export function typeText(type: TypeRef): string {
  switch (type.kind) {
    case 'primitive':
      return type.name
    case 'boxed':
      return type.type
    case 'bare':
      return type.combinator
    case 'vector':
      return `${type.bare ? 'vector' : 'Vector'}<${typeText(type.item)}>`
    case 'generic':
      return `${type.query ? '!' : ''}${type.name}`
    case 'object':
      return 'Object'
  }
}

/** `offset_date:flags.2?int` */
export function paramText({ tlName, flag, type }: Param): string {
  return `${tlName}:${flag === undefined ? '' : `${flag.word}.${flag.bit}?`}${typeText(type)}`
}
