import type { Combinator, Schema } from '../ir/ir.js'
import type { BreakLevel, Change } from './change.js'
import { CHANGE_KINDS } from './change.js'
import { compareCombinators } from './compare-combinators.js'
import type { Reach } from './compare-combinators.js'
import { typePositions } from './positions.js'
import { useInstead } from './use-instead.js'

export interface SchemaDiff {
  readonly from: number | undefined
  readonly to: number | undefined
  /** By kind, what costs most first; within a kind by name. */
  readonly changes: readonly Change[]
}

/** Every difference between two schemas, each judged by where it stands: in arguments, in results, or in both. */
export function diffSchemas(before: Schema, after: Schema): SchemaDiff {
  const positions = [typePositions(before), typePositions(after)]
  const reachOf = (combinator: Combinator): Reach =>
    combinator.kind === 'method'
      ? { written: true, read: false }
      : {
          written: positions.some(({ inputs }) => inputs.has(combinator.type)),
          read: positions.some(({ outputs }) => outputs.has(combinator.type)),
        }
  const key = ({ kind, tlName }: Combinator): string => `${kind} ${tlName}`
  const old = new Map(before.combinators.map((combinator) => [key(combinator), combinator]))
  const current = new Map(after.combinators.map((combinator) => [key(combinator), combinator]))
  const changes: Change[] = []
  const added = after.combinators.filter((combinator) => !old.has(key(combinator)))
  for (const combinator of before.combinators) {
    const now = current.get(key(combinator))
    if (now === undefined) changes.push(removal(combinator, added, after.combinators))
    else changes.push(...compareCombinators(combinator, now, reachOf(now)))
  }
  for (const combinator of added) {
    const kind = combinator.kind === 'method' ? 'METHOD_ADDED' : 'CTOR_ADDED'
    changes.push({ kind, name: combinator.tlName, after: combinator.line, breaks: [] })
  }
  return { from: before.layer, to: after.layer, changes: changes.sort(inOrder) }
}

/** What a diff breaks at a level, without the names that match `ignore` (`payments.*`, or a whole name). */
export function breakingChanges(
  diff: SchemaDiff,
  level: BreakLevel,
  ignore: readonly string[] = [],
): readonly Change[] {
  const ignored = (name: string): boolean =>
    ignore.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern))
  return diff.changes.filter((change) => change.breaks.includes(level) && !ignored(change.name))
}

/** A new definition is the likelier substitute than one that stood beside the removed one all along. */
function removal(combinator: Combinator, added: readonly Combinator[], all: readonly Combinator[]): Change {
  const beside = combinator.kind === 'method' ? all : []
  const substitute = useInstead(combinator, added) ?? useInstead(combinator, beside)
  return {
    kind: combinator.kind === 'method' ? 'METHOD_REMOVED' : 'CTOR_REMOVED',
    name: combinator.tlName,
    before: combinator.line,
    breaks: ['SOURCE', 'WIRE'],
    ...(substitute !== undefined && { useInstead: substitute }),
  }
}

function inOrder(a: Change, b: Change): number {
  const byKind = CHANGE_KINDS.indexOf(a.kind) - CHANGE_KINDS.indexOf(b.kind)
  if (byKind !== 0) return byKind
  const [left, right] = [`${a.name} ${a.field ?? ''}`, `${b.name} ${b.field ?? ''}`]
  return left < right ? -1 : left > right ? 1 : 0
}
