import type { BreakLevel, Change, ChangeKind } from './change.js'
import type { SchemaDiff } from './diff-schemas.js'

/** `dialog.unread_poll_votes_count` */
export const changedName = ({ name, field }: Change): string => (field === undefined ? name : `${name}.${field}`)

/** What became of it, in TL: `voters:int -> voters:flags.2?int`; empty where the name says all. */
export function changeDetail({ kind, field, before, after, useInstead }: Change): string {
  if (useInstead !== undefined) return `use ${useInstead}`
  if (kind === 'ERRORS_CHANGED') return `${signed('-', before)} ${signed('+', after)}`.trim()
  if (before !== undefined && after !== undefined) return `${before} -> ${after}`
  return field === undefined ? '' : (after ?? before ?? '')
}

const signed = (sign: string, names: string | undefined): string =>
  names === undefined || names === '' ? '' : names.split(' ').map((name) => `${sign}${name}`).join(' ')

/** What a kind of change means for code that was written before it. */
export const KIND_MEANING: Readonly<Record<ChangeKind, string>> = {
  METHOD_REMOVED: 'methods that are gone',
  CTOR_REMOVED: 'constructors that are gone',
  METHOD_ADDED: 'new methods',
  CTOR_ADDED: 'new constructors',
  ID_CHANGED: 'definitions under a new number',
  RESULT_CHANGED: 'another result',
  ARG_REMOVED: 'fields that are gone',
  ARG_ADDED_REQUIRED: 'new required fields',
  ARG_ADDED_OPTIONAL: 'new optional fields',
  ARG_TIED: 'new fields that share the bit of an old one',
  ARG_TYPE_CHANGED: 'fields of another type',
  ARG_BIT_CHANGED: 'optional fields behind another bit',
  ARG_MOVED: 'the same fields in another order',
  REQUIRED_TO_OPTIONAL: 'fields that can now be absent',
  OPTIONAL_TO_REQUIRED: 'fields that can no longer be absent',
  FLAGS_ADDED: 'new flag words',
  FLAGS_REMOVED: 'flag words that are gone',
  CALLABLE_CHANGED: 'methods that others may call now',
  ERRORS_CHANGED: 'methods that raise other errors',
}

/** Changes by kind, kinds in the order in which they stand. */
export function byKind(changes: readonly Change[]): ReadonlyMap<ChangeKind, readonly Change[]> {
  const groups = new Map<ChangeKind, Change[]>()
  for (const change of changes) {
    const group = groups.get(change.kind)
    if (group === undefined) groups.set(change.kind, [change])
    else group.push(change)
  }
  return groups
}

/** Only bytes are affected: regenerated code compiles as before. */
const wireOnly = ({ breaks }: Change): boolean => breaks.includes('WIRE') && !breaks.includes('SOURCE')

/** `21 source-breaking, 49 wire, 258 additive` */
export function summary(changes: readonly Change[]): string {
  const breaking = (level: BreakLevel): number => changes.filter((change) => change.breaks.includes(level)).length
  const additive = changes.filter((change) => change.breaks.length === 0).length
  const docs = breaking('DOCS')
  const wire = changes.filter(wireOnly).length
  const parts = [`${breaking('SOURCE')} source-breaking`, `${wire} wire`, `${additive} additive`]
  return [...parts, ...(docs > 0 ? [`${docs} documentation`] : [])].join(', ')
}

export const layerRange = ({ from, to }: SchemaDiff): string => `layer ${from ?? 'unknown'} -> ${to ?? 'unknown'}`
