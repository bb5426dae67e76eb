import type { Combinator, Schema, TypeRef } from '../ir/ir.js'

/**
 * The combinators that code is generated for. Left out is what only a hand-written parser can read, because a field's
 * type or length depends on other data: `Object` fields, and everything that holds such a thing (`msg_container`).
 */
export function usableCombinators(schema: Schema): readonly Combinator[] {
  let usable = schema.combinators.filter((combinator) => combinator.result.kind !== 'object')
  for (;;) {
    const names = new Set(usable.map((combinator) => combinator.tlName))
    const types = new Set(usable.map((combinator) => (combinator.kind === 'constructor' ? combinator.type : '')))
    const isUsable = (ref: TypeRef): boolean => {
      switch (ref.kind) {
        case 'object':
          return false
        case 'boxed':
          return types.has(ref.type)
        case 'bare':
          return names.has(ref.combinator)
        case 'vector':
          return isUsable(ref.item)
        default:
          return true
      }
    }
    const next = usable.filter((combinator) => isUsable(combinator.result) && combinator.params.every((param) => isUsable(param.type)))
    if (next.length === usable.length) return usable
    usable = next
  }
}
