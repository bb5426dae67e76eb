import type { TypeRef } from '../../ir/ir.js'
import type { SchemaIndex } from '../../ir/lookup.js'

/**
 * How many objects each constructor holds inside each other at least, counting required fields only: `inputPeerSelf` is
 * 0, `inputDialogPeer` 1. A constructor without an entry cannot be built without containing itself.
 */
export function constructorDepths(index: SchemaIndex): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  const typeDepth = (type: string): number => {
    const names = index.types.get(type)?.constructors ?? []
    return Math.min(...names.map((name) => depths.get(name) ?? Number.POSITIVE_INFINITY))
  }
  const cost = (type: TypeRef): number => {
    switch (type.kind) {
      case 'boxed':
        return 1 + typeDepth(type.type)
      case 'bare':
        return 1 + (depths.get(type.combinator) ?? Number.POSITIVE_INFINITY)
      case 'vector':
        return cost(type.item)
      case 'object':
        return Number.POSITIVE_INFINITY
      default:
        return 0
    }
  }
  for (let changed = true; changed;) {
    changed = false
    for (const { tlName, params } of index.constructors.values()) {
      const depth = Math.max(0, ...params.filter(({ flag }) => flag === undefined).map(({ type }) => cost(type)))
      if (depth < (depths.get(tlName) ?? Number.POSITIVE_INFINITY)) {
        depths.set(tlName, depth)
        changed = true
      }
    }
  }
  return depths
}
