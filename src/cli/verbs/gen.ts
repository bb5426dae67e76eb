import { relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { PrintThread } from '../../../codegen/emit/thread/print-thread.js'
import { runPipeline } from '../../../codegen/pipeline.js'
import { renderDiagnostic } from '../../../codegen/text/diagnostic.js'
import { loadProject } from '../config/project.js'
import type { Project } from '../config/project.js'
import { CliFailure, EXIT, usage } from '../exit-code.js'
import type { ExitCode } from '../exit-code.js'
import { interrupted } from '../interrupted.js'
import type { CliIo } from '../io.js'
import { folderDrift, generatedTexts, PROVENANCE, updateFolder } from '../output-folder.js'
import type { OutputOptions, Report } from '../report.js'
import { contextOf, verb } from '../verb.js'
import { FileWatch } from '../watch.js'

interface GenOptions extends OutputOptions {
  readonly check?: boolean
  readonly watch?: boolean
  readonly only?: string
  readonly out?: string
  readonly schema?: string
  readonly config?: string
}

/** Of a folder that was never generated, every file is stale: nobody reads a thousand lines of that. */
const MOST_SHOWN = 50
const DEFAULT_FOLDER = 'src/generated'
/** Where generated code finds what it is written against. */
const RUNTIME = 'rawgram/runtime'

export function genVerb(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return verb('gen', 'generate TypeScript from the schema')
    .option('--check', 'write nothing; list what is stale and fail')
    .option('--watch', 'generate again whenever the schema or the config changes, or what it imports, until interrupted')
    .option('--only <names>', 'methods, types or namespaces with all that they need: messages.getHistory,updates.*')
    .option('--out <folder>', `where to write (default: out.dir of the config, or ${DEFAULT_FOLDER})`)
    .option('--schema <file>', "TL text (default: the config's, or the package's)")
    .option('--config <file>', 'config file')
    .action(async (options: GenOptions) => {
      if (options.check === true && options.watch === true) throw usage('--check and --watch exclude each other')
      const { report } = contextOf(io, options)
      // It loads ts-morph while the config and the schema are read.
      const thread = PrintThread.start()
      try {
        if (options.watch === true) await watchProject(io, report, options, thread)
        else setExitCode(await generate(await loadProject(io, options.config, options.schema), io, report, options, thread))
      } finally {
        await thread?.close()
      }
    })
}

async function generate(project: Project, io: CliIo, report: Report, options: GenOptions, thread: PrintThread | undefined): Promise<ExitCode> {
  const startedMs = performance.now()
  const { config, schema: input } = project
  const include = options.only === undefined ? config.include : namesIn(options.only)
  const { schema, diagnostics, unmatched, files: printed } = runPipeline([input.source], {
    ...(input.errors !== undefined && { compile: { errors: input.errors } }),
    ...(include !== undefined && { include }),
    modules: {
      long: config.long ?? 'big-integer',
      wide: 'integer',
      entityLike: false,
      runtime: { entry: RUNTIME },
      provenance: PROVENANCE,
    },
    thread,
  })
  if (schema.combinators.length === 0 && include === undefined && diagnostics.length === 0) {
    throw new CliFailure(EXIT.findings, `${input.source.name} holds no definition`)
  }
  for (const { pattern, nearest } of unmatched) {
    const hint = nearest === undefined ? '' : `, did you mean '${nearest}'?`
    throw usage(`'${pattern}' matches nothing in the schema${hint}`)
  }
  if (printed === undefined) {
    const findings = diagnostics.map(renderDiagnostic).join('\n')
    throw new CliFailure(EXIT.findings, `${input.source.name} is unsound\n${findings}`)
  }

  const folder = outputFolder(project, io, options)
  const shown = relative(io.cwd, folder)
  const present = generatedTexts(folder) // while the thread prints
  const files = await printed
  const drift = folderDrift(folder, files, present)
  if (options.check !== true) updateFolder(folder, files, drift)
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const elapsedMs = performance.now() - startedMs
  report.say(`schema  layer ${schema.layer ?? 'unknown'}, ${schema.combinators.length} definitions`)
  const [megabytes, seconds] = [(bytes / 1e6).toFixed(2), (elapsedMs / 1000).toFixed(1)]
  report.say(`emit    ${files.size} files in ${shown}, ${megabytes} MB, ${seconds} s`)
  const { stale, orphans } = drift
  if (options.check === true) {
    const lines = [
      ...stale.map((path) => `stale: ${shown}/${path}`),
      ...orphans.map((path) => `not generated any more: ${shown}/${path}`),
    ]
    for (const line of lines.slice(0, MOST_SHOWN)) report.result(line)
    if (lines.length > MOST_SHOWN) report.result(`and ${lines.length - MOST_SHOWN} more; --json lists all of them`)
    if (lines.length > 0) report.say('the same command without --check writes them')
  } else {
    report.say(`        ${stale.length} written, ${orphans.length} removed`)
  }
  const { layer = null, combinators } = schema
  report.document({ folder: shown, layer, definitions: combinators.length, files: files.size, bytes, stale, orphans })
  return options.check === true && stale.length + orphans.length > 0 ? EXIT.findings : EXIT.ok
}

function namesIn(only: string): string[] {
  const names = only.split(',').map((name) => name.trim()).filter((name) => name !== '')
  if (names.length === 0) throw usage('--only names nothing: messages.getHistory,updates.*')
  return names
}

function outputFolder({ config, folder }: Project, io: CliIo, options: GenOptions): string {
  return options.out === undefined ? resolve(folder, config.out?.dir ?? DEFAULT_FOLDER) : resolve(io.cwd, options.out)
}

/** A mistake that is being typed does not end the watch; it is shown, and the next change tried. */
async function watchProject(io: CliIo, report: Report, options: GenOptions, thread: PrintThread | undefined): Promise<void> {
  let isLoaded = false
  let files: readonly string[] = []
  const follow = (wanted: readonly string[]): void => watch.follow((files = wanted))
  const once = async (): Promise<void> => {
    try {
      // Where the config does not run, the mistake may be in what it has come to import, or has imported before.
      const onFiles = (imported: readonly string[]): void => follow([...new Set([...files, ...imported])])
      const project = await loadProject(io, options.config, options.schema, onFiles)
      isLoaded = true
      // Before anything is generated: a change during that time counts. The config may name another schema by now.
      follow([...project.schema.files, ...project.files])
      await generate(project, io, report, options, thread)
    } catch (error) {
      if (!(error instanceof CliFailure) || !isLoaded) throw error
      report.warn(`error: ${error.message}`)
    }
  }
  const watch = new FileWatch(once)
  try {
    await watch.now()
    report.say('watching; interrupt to stop')
    await interrupted(io.signal)
  } finally {
    await watch.close()
  }
}
