import type { ErrorTable, ListedError, MethodFacts } from '../ir/error-table.js'
import { isForeign } from './lines.js'
import type { PackageApi, PackageErrors } from './package-schema.js'

/** 401: the authorization itself is refused, whichever method was called. */
const UNAUTHORIZED = 401

/**
 * Error names, codes, the methods that raise them and who may call each method. The package says both in two places:
 * beside each method, and in one table; their union is taken, and where codes differ the one beside the method counts.
 */
export function importErrors(api: PackageApi, table: PackageErrors): ErrorTable {
  const methods: Record<string, MethodFacts> = {}
  const attributed = new Set<string>()
  for (const entry of [...api.e].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.kind !== 'method' || isForeign(entry)) continue
    const codes = new Map<string, number>()
    for (const name of table.throws[entry.name] ?? []) codes.set(name, knownCode(table, name))
    for (const { name, code } of entry.throws ?? []) codes.set(name, code)
    for (const name of codes.keys()) attributed.add(name)
    methods[entry.name] = {
      callableBy: entry.available ?? 'unknown',
      errors: Object.fromEntries([...codes].sort(([a], [b]) => (a < b ? -1 : 1))),
    }
  }
  const names = Object.keys(table.errors).sort()
  const errors: Record<string, ListedError> = {}
  for (const name of names) {
    const code = knownCode(table, name)
    const argument = table.errors[name]?._paramNames?.[0]
    const general = code === UNAUTHORIZED || !attributed.has(name)
    errors[name] = { code, ...(argument !== undefined && { argument }), ...(general && { general }) }
  }
  return { errors, methods }
}

function knownCode(table: PackageErrors, name: string): number {
  const known = table.errors[name]
  if (known === undefined) throw new Error(`raw-errors.json: a method raises '${name}', which is not listed`)
  return known.code
}

/** One error and one method per line, so that a new layer shows as a readable diff. */
export function printErrors(layer: number, table: ErrorTable): string {
  const lines = (record: object): string =>
    Object.entries(record)
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n')
  return `{
  "layer": ${layer},
  "errors": {
${lines(table.errors)}
  },
  "methods": {
${lines(table.methods)}
  }
}
`
}
