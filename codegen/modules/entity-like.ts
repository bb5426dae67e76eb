import type { Combinator, TypeRef } from '../ir/ir.js'

/** Types that a client makes from names, ids and entities. */
export const PEER_TYPES: ReadonlySet<string> = new Set(['InputPeer', 'InputUser', 'InputChannel'])

/** What can stand for a peer besides names and ids: its own types, and the entities that servers send. */
export const ENTITY_TYPES: readonly string[] = ['InputPeer', 'InputUser', 'InputChannel', 'Peer', 'User', 'Chat']

/** Types whose files `EntityLike` needs; their own fields cannot use it, or the files would form a circle. */
export function typesBehindEntities(combinators: readonly Combinator[]): ReadonlySet<string> {
  const typeOf = new Map<string, string>()
  const fields = new Map<string, TypeRef[]>()
  for (const combinator of combinators) {
    if (combinator.kind !== 'constructor') continue
    typeOf.set(combinator.tlName, combinator.type)
    fields.set(combinator.type, [...(fields.get(combinator.type) ?? []), ...combinator.params.map((param) => param.type)])
  }
  const reached = new Set<string>()
  const pending = [...ENTITY_TYPES]
  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    if (reached.has(type)) continue
    reached.add(type)
    for (let ref of fields.get(type) ?? []) {
      while (ref.kind === 'vector') ref = ref.item
      const used = ref.kind === 'boxed' ? ref.type : ref.kind === 'bare' ? typeOf.get(ref.combinator) : undefined
      if (used !== undefined) pending.push(used)
    }
  }
  return reached
}
