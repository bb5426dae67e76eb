import { Option } from 'commander'
import type { Command } from 'commander'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildDocs } from '../../../codegen/docs/command.js'
import type { DocsOptions } from '../../../codegen/docs/command.js'
import { loadConfig } from '../config/load-config.js'
import { EXIT, usage } from '../exit-code.js'
import type { ExitCode } from '../exit-code.js'
import { interrupted } from '../interrupted.js'
import type { CliIo } from '../io.js'
import { parsePort } from '../parse-port.js'
import type { OutputOptions } from '../report.js'
import { contextOf, verb } from '../verb.js'

interface Options extends Omit<DocsOptions, 'packageName'>, OutputOptions {
  readonly config?: string
  readonly package?: string
}

export function docsVerb(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return verb('docs', 'build the reference of a schema: a page for every definition and error')
    .option('--out <folder>', 'where to write (default: docs/reference)')
    .option('--schema <file>', "TL text to document (default: the project's, or the package's)")
    .addOption(new Option('--compat <form>', 'pages in the form of the archived reference').choices(['gramjs-docs']).conflicts('serve'))
    .option('--package <name>', 'the name under which readers install the package')
    .option('--serve', 'serve the folder on 127.0.0.1 until interrupted')
    .option('--port <number>', 'port to serve on (default: a free one)', parsePort)
    .option('--config <file>', 'config file')
    .action(async (options: Options) => {
      setExitCode(await docs(io, options))
    })
}

async function docs(io: CliIo, { config: configPath, ...options }: Options): Promise<ExitCode> {
  const { report } = contextOf(io, options)
  if (options.port !== undefined && options.serve !== true) throw usage('--port is for --serve')
  if (options.out === '') throw usage('--out names no folder; the current one is --out .')
  const { config, folder } = await loadConfig(io.cwd, configPath)
  const configured = config.schema?.api && resolve(folder, config.schema.api)
  const schema = options.schema === undefined ? configured : resolve(io.cwd, options.schema)
  const configuredOut = resolve(folder, config.docs?.dir ?? 'docs/reference')
  const out = options.out === undefined ? configuredOut : resolve(io.cwd, options.out)
  if (options.compat === undefined) refuseForeignSite(out)
  const { server, ...built } = await buildDocs({
    compat: options.compat,
    serve: options.serve,
    port: options.port,
    schema,
    packageName: options.package ?? config.docs?.packageName,
    out,
  })
  const size = `${(built.bytes / 1e6).toFixed(1)} MB`
  report.say(`layer ${built.layer}: ${built.files} files, ${size}, ${built.milliseconds.toFixed(0)} ms`)
  report.result(built.out)
  report.document({ ...built, descriptions: built.descriptions ?? null, url: server?.url ?? null })
  if (server === undefined) return EXIT.ok
  report.say(`${server.url}  (interrupt to stop)`)
  await interrupted(io.signal)
  await server.close()
  return EXIT.ok
}

/** @throws {CliFailure} when the folder is that of another site, whose front page would be written over */
function refuseForeignSite(folder: string): void {
  const front = join(folder, 'index.html')
  if (!existsSync(front) || readFileSync(front, 'utf8').includes('src="assets/site.js"')) return
  throw usage(`${front} is a page of your own, and would be written over; choose another folder with --out`)
}
