import type { Command } from 'commander'
import { loadCatalog } from '../../../codegen/docs/input.js'
import type { Catalog } from '../../../codegen/docs/catalog.js'
import { searchEntries } from '../../../codegen/docs/search/entries.js'
import type { SearchEntry } from '../../../codegen/docs/search/entries.js'
import { nearestName } from '../../../codegen/text/suggest.js'
import { EXIT, usage } from '../exit-code.js'
import type { ExitCode } from '../exit-code.js'
import type { CliIo } from '../io.js'
import { lookedUp } from '../looked-up.js'
import type { OutputOptions } from '../report.js'
import { contextOf, verb } from '../verb.js'

const MOST_SHOWN = 20

export interface Found {
  readonly kind: SearchEntry['kind']
  readonly name: string
  /** Why it was found, where the name does not say so. */
  readonly because?: string
  /** The TL line, the code of an error, or the constructors of a type. */
  readonly detail: string
}

export function findVerb(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return verb('find', 'look up a name, a number, an error or a field')
    .argument('<text>', 'getHistory, 0xa2b5a3f6, FLOOD_WAIT_3, offset_link')
    .option('--all', `show every hit (default: the first ${MOST_SHOWN})`)
    .action((text: string, options: OutputOptions & { all?: boolean }) => {
      setExitCode(find(io, text, options))
    })
}

function find(io: CliIo, text: string, options: OutputOptions & { all?: boolean }): ExitCode {
  const { report } = contextOf(io, options)
  if (text.trim() === '') throw usage('there is nothing to look up')
  const catalog = loadCatalog({ withoutDescriptions: true })
  const entries = searchEntries(catalog)
  const hits = search(catalog, entries, text)
  const shown = options.all === true ? hits : hits.slice(0, MOST_SHOWN)
  for (const { kind, name, because, detail } of shown) {
    const reason = because === undefined ? '' : `  (${because})`
    report.result(`${report.paint('dim', kind.padEnd(12))} ${report.paint('bold', name)}${reason}`)
    report.result(`${' '.repeat(13)}${detail}`)
  }
  if (hits.length > shown.length) report.say(`and ${hits.length - shown.length} more; show them with --all`)
  report.document({ text, hits: shown, total: hits.length })
  if (hits.length > 0) return EXIT.ok
  const nearest = nearestName(lookedUp(text).name, entries.map(({ name }) => name))
  report.warn(`nothing is called '${text}'${nearest === undefined ? '' : `, did you mean '${nearest}'?`}`)
  return EXIT.findings
}

/** Best first: the exact name, then names that begin with the text, names that contain it, then fields. */
export function search(catalog: Catalog, entries: readonly SearchEntry[], text: string): Found[] {
  const { name: sought, id: number } = lookedUp(text)
  const wanted = plain(sought)
  const hits: { readonly found: Found; readonly rank: number }[] = []
  for (const entry of entries) {
    const rank = nameRank(entry, wanted)
    const earlier = entry.earlier.filter((step) => step.id === number)
    const field = entry.fields.find((name) => plain(name) === wanted)
    const hit = (order: number, because?: string): void => {
      const { kind, name } = entry
      const found = { kind, name, ...(because !== undefined && { because }), detail: detail(catalog, entry) }
      hits.push({ rank: order, found })
    }
    if (number !== undefined && entry.id === number) hit(0)
    else if (earlier.length > 0) hit(1, `#${number} since layer ${earlier.map((step) => step.layer).join(', ')}`)
    else if (rank !== undefined) hit(rank)
    else if (field !== undefined) hit(6, `field ${field}`)
  }
  return hits.sort((a, b) => a.rank - b.rank || a.found.name.length - b.found.name.length).map(({ found }) => found)
}

/** Underscores, dots and case do not matter, nor what stands for an error's argument: `_3`, `_X`, `_%d`. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/_(?:\d+|x|%[ds]|\{\w+\})(?=_|$)/g, '')
    .replace(/[_.]/g, '')

function nameRank({ name }: SearchEntry, wanted: string): number | undefined {
  if (wanted === '') return undefined
  const own = plain(name)
  const local = plain(name.slice(name.indexOf('.') + 1))
  if (own === wanted || local === wanted) return 2
  if (own.startsWith(wanted) || local.startsWith(wanted)) return 3
  return own.includes(wanted) ? 4 : undefined
}

function detail({ index, layers }: Catalog, { kind, name, earlier }: SearchEntry): string {
  switch (kind) {
    case 'method':
      return index.methods.get(name)?.line ?? ''
    case 'constructor':
      return index.constructors.get(name)?.line ?? ''
    case 'type':
      return index.types.get(name)?.constructors.join(' | ') ?? 'built in'
    case 'error': {
      const fact = index.schema.errors.find((error) => plain(error.name) === plain(name))
      if (fact === undefined) return ''
      return fact.argument === undefined ? `code ${fact.code}` : `code ${fact.code}, the number means ${fact.argument}`
    }
    case 'removed': {
      const numbers = earlier.map(({ id, layer }) => `#${id} from layer ${layer}`).join(', ')
      return `gone since layer ${layers?.of(name)?.removed ?? '?'}; numbers: ${numbers}`
    }
  }
}
