import { errorTitle, type Catalog } from '../catalog.js'
import { builtins } from '../source/builtins.js'
import { hex32 } from '../example/encode.js'

/** One thing that search finds. */
export interface SearchEntry {
  readonly kind: 'method' | 'constructor' | 'type' | 'error' | 'removed'
  /** TL name, or the name of an error as the page's title writes it. */
  readonly name: string
  /** Eight hex digits; empty for types and errors. */
  readonly id: string
  /** Camel case names of the fields, flag words left out. */
  readonly fields: readonly string[]
  /** Ids of earlier layers, each with the first covered layer that had it. */
  readonly earlier: readonly { readonly id: string; readonly layer: number }[]
}

/** Everything that has a page, then the definitions that only earlier layers have. */
export function searchEntries({ index, layers }: Catalog): SearchEntry[] {
  const definitions = index.schema.combinators.map(({ kind, tlName, id, params }): SearchEntry => {
    const history = layers?.of(tlName)?.ids ?? []
    return {
      kind,
      name: tlName,
      id: hex32(id),
      fields: params.filter(({ isFlagWord }) => !isFlagWord).map(({ name }) => name),
      earlier: history.filter((step) => step.id !== id).map((step) => ({ id: hex32(step.id), layer: step.layer })),
    }
  })
  const named = (kind: SearchEntry['kind'], name: string): SearchEntry => ({
    kind,
    name,
    id: '',
    fields: [],
    earlier: [],
  })
  return [
    ...definitions,
    ...index.schema.types.map(({ tlName }) => named('type', tlName)),
    ...builtins().map(({ name }) => named('type', name)),
    ...index.schema.errors.map((error) => named('error', errorTitle(error))),
    ...removedEntries({ index, layers }),
  ]
}

/** Definitions that the covered layers had and this one has not. */
export function removedEntries({ index, layers }: Pick<Catalog, 'index' | 'layers'>): SearchEntry[] {
  if (layers === undefined) return []
  return layers.names.flatMap((name): SearchEntry[] => {
    if (index.constructors.has(name) || index.methods.has(name)) return []
    const ids = layers.of(name)?.ids ?? []
    return [
      { kind: 'removed', name, id: '', fields: [], earlier: ids.map(({ id, layer }) => ({ id: hex32(id), layer })) },
    ]
  })
}

const LETTERS = { method: 'm', constructor: 'c', type: 't', error: 'e', removed: 'r' } as const

/** One line per entry, for the script of the site: `m messages.getHistory 4423e6c5 peer,offsetId 12345678@167`. */
export function packEntries(entries: readonly SearchEntry[]): string {
  return entries
    .map(({ kind, name, id, fields, earlier }) =>
      [LETTERS[kind], name, id, fields.join(','), earlier.map((step) => `${step.id}@${step.layer}`).join(',')]
        .join(' ')
        .trimEnd(),
    )
    .join('\n')
}
