import type { Constructor, Schema, TypeRef } from '../ir/ir.js'
import { typeDependencies } from '../ir/groups.js'

/** Which boxed types a caller writes (arguments of methods) and which it reads (results and updates). */
export interface Positions {
  readonly inputs: ReadonlySet<string>
  readonly outputs: ReadonlySet<string>
}

/** The server sends these without being asked. */
const PUSHED = ['Updates']

export function typePositions(schema: Schema): Positions {
  const constructors = schema.combinators.filter((each): each is Constructor => each.kind === 'constructor')
  const typeOf = new Map(constructors.map((constructor) => [constructor.tlName, constructor.type]))
  const dependencies = typeDependencies(constructors)
  const inputs = new Set<string>()
  const outputs = new Set<string>()

  const reach = (type: string, into: Set<string>): void => {
    const pending = [type]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (into.has(next)) continue
      into.add(next)
      pending.push(...(dependencies.get(next) ?? []))
    }
  }
  const reachRef = (ref: TypeRef, into: Set<string>): void => {
    if (ref.kind === 'boxed') reach(ref.type, into)
    else if (ref.kind === 'bare') reach(typeOf.get(ref.combinator)!, into)
    else if (ref.kind === 'vector') reachRef(ref.item, into)
  }
  for (const combinator of schema.combinators) {
    if (combinator.kind !== 'method') continue
    for (const param of combinator.params) reachRef(param.type, inputs)
    reachRef(combinator.result, outputs)
  }
  for (const type of PUSHED) if (dependencies.has(type)) reach(type, outputs)
  // What no method mentions is read by hand, as service messages are: it counts as both.
  for (const type of dependencies.keys()) {
    if (inputs.has(type) || outputs.has(type)) continue
    inputs.add(type)
    outputs.add(type)
  }
  return { inputs, outputs }
}
