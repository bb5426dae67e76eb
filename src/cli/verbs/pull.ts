import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { compileSchema } from '../../../codegen/compile-schema.js'
import { renderDiagnostic } from '../../../codegen/text/diagnostic.js'
import { loadConfig } from '../config/load-config.js'
import { CliFailure, EXIT, ioFailure, usage } from '../exit-code.js'
import type { ExitCode } from '../exit-code.js'
import type { CliIo } from '../io.js'
import { packageFile } from '../package-files.js'
import type { OutputOptions, Report } from '../report.js'
import { downloadSchema } from '../schema/download-schema.js'
import { layerPackage, packagedSchema } from '../schema/npm-package.js'
import { LOCK_FILE, readLock, sha256, writeSchema } from '../schema/schema-folder.js'
import type { SchemaLock } from '../schema/schema-folder.js'
import { isUpstream, upstreamSchema } from '../schema/upstream.js'
import { contextOf, verb } from '../verb.js'
import { parseLayer } from './decode.js'

const FROM_HELP =
  'tdesktop, tdlib (also tdlib@commit), npm:@mtcute/core@0.31.0, a file or an address (default: what comes with the package)'

interface Pulled {
  readonly source: string
  readonly api: string
  readonly errors: string | undefined
  readonly fetched?: ReadonlyMap<string, string>
  /** Names that were left out. */
  readonly foreign?: readonly string[]
}

interface PullOptions extends OutputOptions {
  readonly layer?: number | 'latest'
  readonly from?: string
  readonly mirror?: string
  readonly out: string
  readonly force?: boolean
}

export function pullVerb(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return verb('pull', 'fetch a schema into the project, with a lock that says what it is')
    .option('--from <source>', FROM_HELP)
    .option('--layer <number>', 'an older layer, from npm:@mtcute/tl, or latest, from npm:@mtcute/core', parsePulledLayer)
    .option('--mirror <address>', 'where tdesktop and tdlib are fetched instead of raw.githubusercontent.com')
    .option('--out <folder>', 'where to write', 'schema')
    .option('--force', 'write over a schema that did not come from pull, or was changed since')
    .action(async (options: PullOptions) => {
      setExitCode(await pull(io, options))
    })
}

async function pull(io: CliIo, options: PullOptions): Promise<ExitCode> {
  const { report } = contextOf(io, options)
  if (options.from !== undefined && options.layer !== undefined) throw usage('--from and --layer exclude each other')
  if (options.mirror !== undefined && !isUpstream(options.from ?? '')) throw usage('--mirror belongs to --from tdesktop or tdlib')
  const from = options.layer === undefined ? options.from : `npm:${packageOf(options.layer)}`
  const pulled = await fetchSchema(from, options.mirror, io.cwd)
  const text = { name: pulled.source, text: pulled.api }
  const { schema, diagnostics, ok } = compileSchema([text], { crcMismatch: 'warning' })
  const findings = diagnostics.map(renderDiagnostic)
  if (!ok) throw new CliFailure(EXIT.findings, `${pulled.source} is unsound\n${findings.join('\n')}`)
  if (schema.combinators.length === 0) throw new CliFailure(EXIT.findings, `${pulled.source} holds no definition`)
  for (const finding of findings) report.warn(finding)

  const folder = resolve(io.cwd, options.out)
  const files = new Map<'api.tl' | 'errors.json', string>([['api.tl', pulled.api]])
  if (pulled.errors !== undefined) files.set('errors.json', pulled.errors)
  const lock: SchemaLock = {
    layer: schema.layer ?? null,
    source: pulled.source,
    date: new Date().toISOString().slice(0, 10),
    files: checksums(files),
    ...(pulled.fetched !== undefined && { fetched: checksums(pulled.fetched) }),
  }
  const previous = readLock(folder)
  writeSchema(folder, files, lock, options.force === true)
  if (previous === 'damaged') report.warn('the lock that was there could not be read, and is written anew')
  report.say(`layer ${lock.layer ?? 'unknown'} from ${lock.source}: ${schema.combinators.length} definitions`)
  const { foreign = [] } = pulled
  if (foreign.length > 0) report.say(`left out, as the client's own: ${foreign.join(', ')}`)
  if (previous !== undefined && previous !== 'damaged' && previous.layer !== lock.layer) {
    report.say(`before: layer ${previous.layer ?? 'unknown'} from ${previous.source}`)
  }
  for (const name of [...files.keys(), LOCK_FILE]) report.result(relative(io.cwd, join(folder, name)))
  await sayHowToUse(report, io.cwd, join(folder, 'api.tl'))
  report.document({ ...lock, folder })
  return EXIT.ok
}

/** Without a config that names it, the other verbs go on reading the schema that comes with the package. */
async function sayHowToUse(report: Report, cwd: string, path: string): Promise<void> {
  // A config that does not run has nothing to do with the schema, and every verb that needs it says so.
  const { config, folder } = await loadConfig(cwd).catch(() => ({ config: undefined, folder: cwd }))
  if (config?.schema?.api !== undefined && resolve(folder, config.schema.api) === path) return
  report.say(`next: name it in rawgram.config.ts, schema: { api: '${relative(folder, path).replaceAll('\\', '/')}' }`)
}

async function fetchSchema(from: string | undefined, mirror: string | undefined, cwd: string): Promise<Pulled> {
  if (from === undefined) {
    const text = (name: string): string => readFileSync(packageFile(`tl/${name}`), 'utf8')
    return { source: 'rawgram', api: text('api.tl'), errors: text('errors.json') }
  }
  if (from.startsWith('npm:')) return await packagedSchema(from.slice('npm:'.length), cwd)
  if (isUpstream(from)) return { ...(await upstreamSchema(from, mirror)), errors: undefined }
  if (/^https?:\/\//.test(from)) {
    const api = await downloadSchema(from)
    return { source: from, api, errors: undefined, fetched: new Map([[from, api]]) }
  }
  const path = resolve(cwd, from)
  if (!existsSync(path)) throw ioFailure(`there is no file ${from}`)
  if (statSync(path).isDirectory()) throw ioFailure(`${from} is a folder, not a file`)
  return { source: from, api: readFileSync(path, 'utf8'), errors: undefined }
}

const packageOf = (layer: number | 'latest'): string => (layer === 'latest' ? '@mtcute/core@latest' : layerPackage(layer))

const parsePulledLayer = (value: string): number | 'latest' => (value === 'latest' ? value : parseLayer(value))

const checksums = (texts: Iterable<readonly [string, string]>): Record<string, string> =>
  Object.fromEntries([...texts].map(([name, text]) => [name, sha256(text)]))
