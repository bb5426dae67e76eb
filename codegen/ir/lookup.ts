import type { BoxedType, Combinator, Constructor, ErrorFact, Method, Schema } from './ir.js'

/** A schema with the ways in that every reader needs. Built once, beside the data, so that the data stays plain. */
export interface SchemaIndex {
  readonly schema: Schema
  readonly constructors: ReadonlyMap<string, Constructor>
  readonly methods: ReadonlyMap<string, Method>
  readonly types: ReadonlyMap<string, BoxedType>
  readonly byId: ReadonlyMap<number, Combinator>
  readonly errors: ReadonlyMap<string, ErrorFact>
}

export function indexSchema(schema: Schema): SchemaIndex {
  const constructors = new Map<string, Constructor>()
  const methods = new Map<string, Method>()
  const byId = new Map<number, Combinator>()
  for (const combinator of schema.combinators) {
    if (combinator.kind === 'constructor') constructors.set(combinator.tlName, combinator)
    else methods.set(combinator.tlName, combinator)
    byId.set(combinator.id, combinator)
  }
  return {
    schema,
    constructors,
    methods,
    types: new Map(schema.types.map((type) => [type.tlName, type])),
    byId,
    errors: new Map(schema.errors.map((error) => [error.name, error])),
  }
}
