import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileSchema } from '../compile-schema.js'
import type { ErrorTable } from '../ir/error-table.js'
import { buildCatalog, type Catalog } from './catalog.js'
import { adviceTable, type AdviceFile } from './source/advice.js'
import { loadDescriptions } from './source/descriptions.js'
import { guidesFrom, type PagesFile } from './source/guides.js'
import { layerHistory, type LayersFile } from './source/layers.js'

export interface DocsInput {
  /** A TL text to document instead of the package's own; its layer is the one that it states. */
  readonly schemaFile?: string | undefined
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
export function loadCatalog({ schemaFile, withoutDescriptions = false }: DocsInput = {}): Catalog {
  const root = packageRoot()
  const own = join(root, 'tl/api.tl')
  const path = schemaFile ?? own
  const text = readFileSync(path, 'utf8')
  const errors = readJson<ErrorTable>(join(root, 'tl/errors.json'))
  const foreign = schemaFile !== undefined && schemaFile !== own
  const { schema, diagnostics, ok } = compileSchema([{ name: path, text }], {
    errors,
    ...(foreign && { crcMismatch: 'warning' }),
  })
  if (!ok) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  const layers = layerHistory(readJson<LayersFile>(join(root, 'tl/layers.json')))
  return buildCatalog({
    schema,
    guides: guidesFrom(readJson<PagesFile>(join(root, 'tl/pages.json'))),
    advice: adviceTable(readJson<AdviceFile>(join(root, 'tl/advice.json'))),
    descriptions: withoutDescriptions ? undefined : loadDescriptions(root),
    layers: foreign ? undefined : layers,
  })
}

function readJson<Value>(path: string): Value {
  return JSON.parse(readFileSync(path, 'utf8')) as Value
}
