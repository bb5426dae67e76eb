import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { CONFIG_NAMES } from '../config/load-config.js'
import { CliFailure, EXIT, ioFailure, usage } from '../exit-code.js'
import type { ExitCode } from '../exit-code.js'
import type { CliIo } from '../io.js'
import type { OutputOptions } from '../report.js'
import { contextOf, verb } from '../verb.js'

interface Answers {
  readonly out: string
  readonly include: readonly string[]
  readonly long: 'big-integer' | 'bigint'
}

interface InitOptions extends OutputOptions {
  readonly out?: string
  readonly include?: readonly string[]
  readonly long?: 'big-integer' | 'bigint'
  readonly force?: boolean
}

/** Packages whose code runs on this one when it is installed under their name. */
const COMPATIBLE = ['telegram', 'teleproto'] as const

export function initVerb(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return verb('init', 'write rawgram.config.ts; asks when a person is there to answer')
    .option('--out <folder>', 'where generated code goes')
    .option('--include <names...>', 'methods, types or namespaces (messages.*) to generate')
    .option('--long <form>', 'big-integer or bigint')
    .option('--force', 'overwrite a config that is there')
    .action(async (options: InitOptions) => {
      setExitCode(await init(io, options))
    })
}

async function init(io: CliIo, options: InitOptions): Promise<ExitCode> {
  const { report } = contextOf(io, options)
  const present = CONFIG_NAMES.find((name) => existsSync(join(io.cwd, name)))
  if (present !== undefined && options.force !== true) throw usage(`${present} is there already; --force overwrites it`)
  if (options.long !== undefined && options.long !== 'big-integer' && options.long !== 'bigint') {
    throw usage(`--long is big-integer or bigint, not '${String(options.long)}'`)
  }
  const { out = 'src/generated', long = 'big-integer' } = options
  const include = (options.include ?? []).flatMap(namesIn)
  const defaults: Answers = { out, include, long }
  const answers = io.interactive && options.json !== true ? await ask(defaults) : defaults
  const file = CONFIG_NAMES[0]
  try {
    writeFileSync(join(io.cwd, file), configText(answers, pulledSchema(io.cwd)))
  } catch (error) {
    throw ioFailure(`${file} could not be written`, error)
  }
  const compatible = installedCompatible(io.cwd)
  report.result(file)
  if (compatible !== undefined) {
    report.say(`package.json asks for '${compatible}'. Its code runs here when rawgram takes the name:`)
    report.say(`  npm install ${compatible}@npm:rawgram`)
  }
  report.say('next: rawgram gen')
  report.document({ file, ...answers, replaces: compatible ?? null })
  return EXIT.ok
}

async function ask(defaults: Answers): Promise<Answers> {
  const { confirm, isCancel, select, text } = await import('@clack/prompts')
  const answer = <T>(value: T): Exclude<T, symbol> => {
    if (isCancel(value)) throw new CliFailure(EXIT.usage, 'cancelled, nothing was written')
    return value as Exclude<T, symbol>
  }
  const out = answer(await text({ message: 'Where does generated code go?', initialValue: defaults.out }))
  const all = answer(await confirm({ message: 'Generate the whole API?', initialValue: defaults.include.length === 0 }))
  const include = all
    ? ''
    : answer(
        await text({
          message: 'Which methods or namespaces? (messages.getHistory updates.*)',
          initialValue: defaults.include.join(' '),
        }),
      )
  const long = answer(
    await select({
      message: 'How is a long given out?',
      initialValue: defaults.long,
      options: [
        { value: 'big-integer' as const, label: 'big-integer', hint: 'what existing code expects' },
        { value: 'bigint' as const, label: 'bigint', hint: 'native' },
      ],
    }),
  )
  return { out, include: namesIn(include), long }
}

const namesIn = (text: string): string[] => text.split(/[\s,]+/).filter((name) => name !== '')

/** Where `pull` puts a schema, when it has been there. */
function pulledSchema(cwd: string): string | undefined {
  const path = 'schema/api.tl'
  return existsSync(join(cwd, path)) ? path : undefined
}

function configText({ out, include, long }: Answers, schema: string | undefined): string {
  const stated = schema === undefined ? '' : `  schema: { api: ${quote(schema)} },\n`
  const included = include.length === 0 ? '' : `  include: [${include.map(quote).join(', ')}],\n`
  return `import { defineConfig } from 'rawgram/config'

export default defineConfig({
${stated}  out: { dir: ${quote(out)} },
${included}  long: '${long}',
})
`
}

const quote = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

function installedCompatible(cwd: string): string | undefined {
  const path = join(cwd, 'package.json')
  if (!existsSync(path)) return undefined
  let manifest: Partial<Record<string, Partial<Record<string, unknown>> | null>> | null
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8')) as typeof manifest
  } catch {
    return undefined // npm will say more about it than this hint could.
  }
  return COMPATIBLE.find((name) => {
    const wanted = manifest?.['dependencies']?.[name] ?? manifest?.['devDependencies']?.[name]
    return typeof wanted === 'string' && !wanted.includes('rawgram')
  })
}
