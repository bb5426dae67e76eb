import { nearestName } from '../text/suggest.js'
import { assembleSchema } from './build.js'
import { deepFreeze } from './freeze.js'
import type { Combinator, Schema, TypeRef } from './ir.js'
import { indexSchema } from './lookup.js'

export interface PruneResult {
  readonly schema: Schema
  /** Patterns that match nothing, each with the name that may have been meant. */
  readonly unmatched: readonly { readonly pattern: string; readonly nearest: string | undefined }[]
}

/**
 * What is left of a schema when only some definitions are wanted: those that match a pattern, and everything that they
 * refer to, until nothing is missing. A pattern is the name of a method, a constructor or a boxed type (then all of its
 * constructors), or a namespace as `messages.*`; `*` is everything.
 */
export function pruneSchema(schema: Schema, patterns: readonly string[]): PruneResult {
  const index = indexSchema(schema)
  const kept = new Set<Combinator>()
  const pending: Combinator[] = []
  const keep = (combinator: Combinator | undefined): void => {
    if (combinator === undefined || kept.has(combinator)) return
    kept.add(combinator)
    pending.push(combinator)
  }
  const keepType = (name: string): void => {
    for (const constructor of index.types.get(name)?.constructors ?? []) keep(index.constructors.get(constructor))
  }
  const keepRef = (ref: TypeRef): void => {
    if (ref.kind === 'boxed') keepType(ref.type)
    else if (ref.kind === 'bare') keepType(index.constructors.get(ref.combinator)!.type)
    else if (ref.kind === 'vector') keepRef(ref.item)
  }

  const unmatched: { pattern: string; nearest: string | undefined }[] = []
  for (const pattern of patterns) {
    const matched = matchPattern(schema, pattern)
    if (matched.length === 0 && !index.types.has(pattern)) {
      unmatched.push({ pattern, nearest: nearestPattern(schema, pattern) })
    }
    for (const combinator of matched) keep(combinator)
    keepType(pattern)
  }
  for (let combinator = pending.pop(); combinator !== undefined; combinator = pending.pop()) {
    for (const param of combinator.params) keepRef(param.type)
    // A constructor brings its siblings: the union of its type has to be complete for a reader.
    if (combinator.kind === 'constructor') keepType(combinator.type)
    else keepRef(combinator.result)
  }

  const combinators = schema.combinators.filter((combinator) => kept.has(combinator))
  const types = schema.types.filter((type) => kept.has(index.constructors.get(type.constructors[0]!)!))
  const raised = new Set<string>()
  for (const combinator of combinators) {
    if (combinator.kind === 'method') for (const { name } of combinator.errors) raised.add(name)
  }
  const errors = schema.errors.filter((error) => error.general || raised.has(error.name))
  return { schema: deepFreeze(assembleSchema({ layer: schema.layer, combinators, types, errors })), unmatched }
}

function matchPattern(schema: Schema, pattern: string): readonly Combinator[] {
  if (!pattern.endsWith('*')) return schema.combinators.filter((combinator) => combinator.tlName === pattern)
  const prefix = pattern.slice(0, -1)
  return schema.combinators.filter((combinator) => combinator.tlName.startsWith(prefix))
}

function nearestPattern(schema: Schema, pattern: string): string | undefined {
  if (pattern.endsWith('.*')) {
    const namespace = nearestName(pattern.slice(0, -2), schema.namespaces.filter((name) => name !== ''))
    return namespace === undefined ? undefined : `${namespace}.*`
  }
  return nearestName(pattern, [...schema.combinators, ...schema.types].map(({ tlName }) => tlName))
}
