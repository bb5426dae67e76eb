import type { CallableBy, ErrorFact, MethodError } from './ir.js'

/** The shape of `tl/errors.json`. */
export interface ErrorTable {
  /** By name; `argument` says what stands in place of `%d`. */
  readonly errors: { readonly [name: string]: ListedError }
  readonly methods: { readonly [method: string]: MethodFacts }
}

export interface ListedError {
  readonly code: number
  readonly argument?: string
  readonly general?: boolean
}

export interface MethodFacts {
  readonly callableBy: CallableBy
  /** Error names with the code that comes with them here. */
  readonly errors: { readonly [name: string]: number }
}

export const EMPTY_ERROR_TABLE: ErrorTable = { errors: {}, methods: {} }

export const errorFacts = (table: ErrorTable): ErrorFact[] =>
  Object.entries(table.errors).map(([name, { code, argument, general }]) => ({
    name,
    code,
    ...(argument !== undefined && { argument }),
    general: general ?? false,
  }))

export function methodFacts(table: ErrorTable, tlName: string): { callableBy: CallableBy; errors: MethodError[] } {
  const facts = Object.hasOwn(table.methods, tlName) ? table.methods[tlName] : undefined
  if (facts === undefined) return { callableBy: 'unknown', errors: [] }
  const errors = Object.entries(facts.errors)
    .map(([name, code]) => ({ name, code }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return { callableBy: facts.callableBy, errors }
}
