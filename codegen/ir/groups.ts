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

interface Visit {
  readonly type: string
  readonly index: number
  low: number
  onStack: boolean
  /** What is still to be looked at. */
  readonly uses: Iterator<string>
}

/**
 * Strongly connected components (Tarjan), each after the ones that it depends on. The way down is a list and no
 * recursion, for a text may name types that refer to each other in a chain of any length.
 */
export function groupTypes(
  types: readonly string[],
  dependencies: ReadonlyMap<string, ReadonlySet<string>>,
): TypeGroup[] {
  const order = new Map(types.map((type, index) => [type, index]))
  const visited = new Map<string, Visit>()
  const stack: string[] = []
  const way: Visit[] = []
  const groups: TypeGroup[] = []

  const enter = (type: string): void => {
    const uses = (dependencies.get(type) ?? new Set<string>()).values()
    const visit: Visit = { type, index: visited.size, low: visited.size, onStack: true, uses }
    visited.set(type, visit)
    stack.push(type)
    way.push(visit)
  }
  const leave = ({ type, index, low }: Visit): void => {
    way.pop()
    const above = way.at(-1)
    if (above !== undefined) above.low = Math.min(above.low, low)
    if (low !== index) return
    const members = stack.splice(stack.lastIndexOf(type))
    for (const member of members) visited.get(member)!.onStack = false
    members.sort((a, b) => order.get(a)! - order.get(b)!)
    groups.push({ types: members, recursive: members.length > 1 || dependencies.get(type)?.has(type) === true })
  }
  for (const type of types) {
    if (!visited.has(type)) enter(type)
    for (let visit = way.at(-1); visit !== undefined; visit = way.at(-1)) {
      const next = visit.uses.next()
      if (next.done === true) {
        leave(visit)
        continue
      }
      if (!order.has(next.value)) continue
      const seen = visited.get(next.value)
      if (seen === undefined) enter(next.value)
      else if (seen.onStack) visit.low = Math.min(visit.low, seen.index)
    }
  }
  return groups
}
