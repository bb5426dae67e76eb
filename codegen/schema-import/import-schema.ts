import { definitionsOf } from '../text/ast.js'
import type { DefinitionNode, Item } from '../text/ast.js'
import { computedId, crcText } from '../text/constructor-id.js'
import { DiagnosticList, renderDiagnostic } from '../text/diagnostic.js'
import { parseSchema } from '../text/parser.js'
import { formatId, printSchema } from '../text/printer.js'
import { canonicalItems } from './canonical.js'
import { entryLine, isForeign, isMethod } from './lines.js'
import type { PackageApi, PackageEntry } from './package-schema.js'

/** Parts of every API text that the package leaves out because its codec knows them. */
const CORE_TYPES = `boolFalse#bc799737 = Bool;
boolTrue#997275b5 = Bool;
true#3fedd339 = True;
vector#1cb5c415 {t:Type} # [ t ] = Vector t;
`

export interface ImportedText {
  readonly text: string
  readonly definitions: number
  /** Names of entries that were left out because they are the package's own. */
  readonly foreign: readonly string[]
}

/** The API schema of the package as canonical TL. Throws when a number is not the CRC-32 of its line. */
export function importApi(api: PackageApi): ImportedText {
  const { definitions, foreign } = readEntries('api-schema.json', api.e)
  const header = ["Telegram's API: methods, and the objects that they take and return.", `LAYER ${api.l}`]
  const items = canonicalItems(header, definitions, parseLines('core types', CORE_TYPES))
  return { text: verifiedText(items), definitions: definitions.length, foreign }
}

/** The service schema of the package, completed by `supplement`, as canonical TL. Throws like {@link importApi}. */
export function importService(entries: readonly PackageEntry[], supplement: string): ImportedText {
  const { definitions, foreign } = readEntries('mtp-schema.json', entries)
  const known = new Set(definitions.map((definition) => definition.name.text))
  const added = parseLines('patches.tl', supplement)
  for (const definition of added) {
    const { text } = definition.name
    if (known.has(text)) throw new Error(`patches.tl: '${text}' is in the package already`)
  }
  const header = ['MTProto 2.0: what client and server say to each other about keys, messages and sessions.']
  const items = canonicalItems(header, [...definitions, ...added], [])
  return { text: verifiedText(items), definitions: definitions.length + added.length, foreign }
}

function readEntries(
  file: string,
  entries: readonly PackageEntry[],
): { definitions: DefinitionNode[]; foreign: string[] } {
  const own = entries.filter((entry) => !isForeign(entry))
  const lines = (methods: boolean): string =>
    own
      .filter((entry) => isMethod(entry) === methods)
      .map(entryLine)
      .join('\n')
  const definitions = parseLines(file, `${lines(false)}\n---functions---\n${lines(true)}\n`)
  return { definitions, foreign: entries.filter(isForeign).map((entry) => entry.name).sort() }
}

function parseLines(name: string, text: string): DefinitionNode[] {
  const list = new DiagnosticList()
  const ast = parseSchema({ name, text }, list)
  const [first] = list.sorted()
  if (first !== undefined) throw new Error(renderDiagnostic(first))
  return definitionsOf(ast)
}

function verifiedText(items: readonly Item[]): string {
  const wrong: string[] = []
  for (const item of items) {
    if (item.kind !== 'definition') continue
    const computed = computedId(item)
    const written = item.id?.value ?? 0
    if (written === computed) continue
    wrong.push(`#${formatId(written)} is not #${formatId(computed)}, the CRC-32 of '${crcText(item)}'`)
  }
  if (wrong.length > 0) throw new Error(`${wrong.length} numbers do not belong to their lines:\n${wrong.join('\n')}`)
  return printSchema({ items })
}
