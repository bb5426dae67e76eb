import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileSchema, type CompiledSchema } from '../compile-schema.js'
import type { ErrorTable } from '../ir/error-table.js'
import type { Schema } from '../ir/ir.js'
import { renderDiagnostic } from '../text/diagnostic.js'
import type { SourceText } from '../text/source.js'
import { buildCatalog, type Catalog } from './catalog.js'
import { adviceTable, type AdviceFile } from './source/advice.js'
import { loadDescriptions } from './source/descriptions.js'
import { guidesFrom, type PagesFile } from './source/guides.js'
import { layerHistory, type LayersFile } from './source/layers.js'

export interface DocsInput {
  /** A TL text to document instead of the package's own. */
  readonly schemaFile?: string | undefined
  /** For a text that does not state its layer (`// LAYER 228`), nor has it in its name (`layer228`). */
  readonly layer?: number | undefined
  /** Build as if no package with descriptions were installed. */
  readonly withoutDescriptions?: boolean
}

/** The folder that holds `tl/`: the package, wherever it is installed and however it was bundled. */
export function packageRoot(start: string = fileURLToPath(import.meta.url)): string {
  for (let folder = dirname(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'tl/pages.json'))) return folder
    if (folder === dirname(folder)) throw new Error(`no folder above ${start} holds tl/pages.json`)
  }
}

/**
 * Reads the schema and everything that is said about it.
 * @throws {Error} when the schema has errors, with all of them
 */
export function loadCatalog({ schemaFile, layer, withoutDescriptions = false }: DocsInput = {}): Catalog {
  const root = packageRoot()
  const own = join(root, 'tl/api.tl')
  const path = schemaFile ?? own
  const text = readText(path)
  const errors = readJson<ErrorTable>(join(root, 'tl/errors.json'))
  const foreign = schemaFile !== undefined && schemaFile !== own
  const source = { name: path, text }
  const compiled = foreign ? compileLeniently(source, errors) : sound(compileSchema([source], { errors }))
  const schema = { ...compiled, layer: layer ?? compiled.layer ?? layerInName(path) }
  const layers = layerHistory(readJson<LayersFile>(join(root, 'tl/layers.json')))
  return buildCatalog({
    schema,
    guides: guidesFrom(readJson<PagesFile>(join(root, 'tl/pages.json'))),
    advice: adviceTable(readJson<AdviceFile>(join(root, 'tl/advice.json'))),
    descriptions: withoutDescriptions ? undefined : loadDescriptions(root),
    layers: foreign ? undefined : layers,
  })
}

/** @throws the system's error, which always names the path: Node leaves it out where the path is a folder. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path })
  }
}

function layerInName(path: string): number | undefined {
  const [, digits] = /layer[-_ ]?(\d+)/i.exec(basename(path)) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/**
 * Texts of other projects number a few lines by hand, or twice under two names. Such a number is taken as it stands:
 * the page of the definition says that it is not the CRC-32 of its line.
 */
function compileLeniently(source: SourceText, errors: ErrorTable): Schema {
  const first = compileSchema([source], { errors, crcMismatch: 'warning' })
  if (first.ok) return first.schema
  const byHand = first.schema.combinators.filter(({ crcVerified }) => !crcVerified).map(({ tlName }) => tlName)
  return sound(compileSchema([source], { errors, acceptedNumbers: byHand }))
}

function sound({ schema, diagnostics, ok }: CompiledSchema): Schema {
  if (!ok) throw new Error(diagnostics.map(renderDiagnostic).join('\n'))
  return schema
}

function readJson<Value>(path: string): Value {
  return JSON.parse(readFileSync(path, 'utf8')) as Value
}
