import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { loadCatalog, packageRoot } from './input.js'
import { serveFolder, type FolderServer } from './serve.js'
import { archivedFiles, siteFiles } from './site.js'

export interface DocsOptions {
  /** Where to write; created when missing. Default: `docs/reference`. */
  readonly out?: string | undefined
  /** Write the methods' pages in the form of the archived reference, and nothing else. */
  readonly compat?: 'gramjs-docs' | undefined
  /** A TL text to document instead of the package's own. */
  readonly schema?: string | undefined
  /** The layer of such a text, where it does not state it. */
  readonly layer?: number | undefined
  /** The name under which readers install the package. Default: `rawgram`, or `telegram` with `compat`. */
  readonly packageName?: string | undefined
  /** Serve the folder on 127.0.0.1 afterwards. */
  readonly serve?: boolean | undefined
  readonly port?: number | undefined
}

export interface DocsReport {
  readonly out: string
  readonly layer: number
  readonly files: number
  readonly bytes: number
  readonly milliseconds: number
  /** Undefined when no package with descriptions is installed. */
  readonly descriptions: string | undefined
  /** Present with `serve`; the caller closes it. */
  readonly server?: FolderServer
}

const ASSETS = ['site.css', 'site.js', 'icon.svg'] as const

/** `rawgram docs`: builds the reference from the schema and writes it to a folder. */
export async function buildDocs(options: DocsOptions = {}): Promise<DocsReport> {
  const start = performance.now()
  const out = resolve(options.out ?? 'docs/reference')
  const catalog = loadCatalog({ schemaFile: options.schema, layer: options.layer })
  const writer = new FolderWriter(out)
  if (options.compat === 'gramjs-docs') {
    for (const { path, content } of archivedFiles(catalog, { packageName: options.packageName ?? 'telegram' }))
      writer.write(path, content)
  } else {
    for (const { path, content } of siteFiles(catalog, { packageName: options.packageName ?? 'rawgram' }))
      writer.write(path, content)
    for (const name of ASSETS)
      writer.write(`assets/${name}`, readFileSync(join(packageRoot(), 'codegen/docs/assets', name), 'utf8'))
    const search = join(dirname(createRequire(import.meta.url).resolve('minisearch')), '../umd/index.js')
    writer.write('assets/minisearch.js', readFileSync(search, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, ''))
  }
  const { files, bytes } = writer
  const report = { out, layer: catalog.layer, files, bytes, descriptions: catalog.descriptions?.source }
  const milliseconds = performance.now() - start
  if (options.serve !== true) return { ...report, milliseconds }
  return { ...report, milliseconds, server: await serveFolder(out, options.port ?? 0) }
}

class FolderWriter {
  files = 0
  bytes = 0
  readonly #root: string
  readonly #made = new Set<string>()

  constructor(root: string) {
    this.#root = root
  }

  write(path: string, content: string): void {
    const target = join(this.#root, path)
    const folder = dirname(target)
    if (!this.#made.has(folder)) {
      mkdirSync(folder, { recursive: true })
      this.#made.add(folder)
    }
    const bytes = Buffer.from(content)
    writeFileSync(target, bytes)
    this.files += 1
    this.bytes += bytes.length
  }
}
