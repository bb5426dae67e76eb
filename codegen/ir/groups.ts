import type { Constructor, TypeGroup, TypeRef } from './ir.js'

/** The boxed type that a reference leads to, if any; bare constructors lead to their type. */
function typeBehind(ref: TypeRef, typeOf: ReadonlyMap<string, string>): string | undefined {
  switch (ref.kind) {
    case 'boxed':
      return ref.type
    case 'bare':
      return typeOf.get(ref.combinator)
    case 'vector':
      return typeBehind(ref.item, typeOf)
    default:
      return undefined
  }
}

/** For each type, the types that its constructors' fields refer to, in order of first use. */
export function typeDependencies(constructors: readonly Constructor[]): ReadonlyMap<string, ReadonlySet<string>> {
  const typeOf = new Map(constructors.map((constructor) => [constructor.tlName, constructor.type]))
  const dependencies = new Map<string, Set<string>>()
  for (const { type, params } of constructors) {
    const uses = dependencies.get(type) ?? new Set()
    dependencies.set(type, uses)
    for (const param of params) {
      const used = typeBehind(param.type, typeOf)
      if (used !== undefined) uses.add(used)
    }
  }
  return dependencies
}

/** Strongly connected components (Tarjan), each after the ones that it depends on. */
export function groupTypes(
  types: readonly string[],
  dependencies: ReadonlyMap<string, ReadonlySet<string>>,
): TypeGroup[] {
  const order = new Map(types.map((type, index) => [type, index]))
  const visited = new Map<string, { index: number; low: number; onStack: boolean }>()
  const stack: string[] = []
  const groups: TypeGroup[] = []

  const visit = (type: string): { index: number; low: number; onStack: boolean } => {
    const node = { index: visited.size, low: visited.size, onStack: true }
    visited.set(type, node)
    stack.push(type)
    for (const used of dependencies.get(type) ?? []) {
      if (!order.has(used)) continue
      const seen = visited.get(used)
      if (seen === undefined) node.low = Math.min(node.low, visit(used).low)
      else if (seen.onStack) node.low = Math.min(node.low, seen.index)
    }
    if (node.low === node.index) {
      const members = stack.splice(stack.indexOf(type))
      for (const member of members) visited.get(member)!.onStack = false
      members.sort((a, b) => order.get(a)! - order.get(b)!)
      groups.push({ types: members, recursive: members.length > 1 || dependencies.get(type)?.has(type) === true })
    }
    return node
  }
  for (const type of types) if (!visited.has(type)) visit(type)
  return groups
}
