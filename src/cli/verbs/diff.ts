import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import { diffSchemas } from '../../../codegen/diff/diff-schemas.js'
import { DIFF_FORMATS, formatDiff } from '../../../codegen/diff/formats.js'
import type { DiffFormat } from '../../../codegen/diff/formats.js'
import { EXIT } from '../exit-code.js'
import type { ExitCode } from '../exit-code.js'
import type { CliIo } from '../io.js'
import type { OutputOptions } from '../report.js'
import { comparable, findSchema, ownSchemaPath } from '../schema/load-schema.js'
import { verb } from '../verb.js'

export interface FormatOptions extends OutputOptions {
  readonly format?: DiffFormat
}

export const REFERENCE_HELP = 'a file, a layer (223), a package (npm:@mtcute/tl@223) or a git revision'

/** `md` is short for `markdown`. */
export function parseFormat(value: string): DiffFormat {
  const format = DIFF_FORMATS.find((known) => known === (value === 'md' ? 'markdown' : value))
  if (format === undefined) throw new InvalidArgumentError(`Allowed are ${DIFF_FORMATS.join(', ')}.`)
  return format
}

export const chosenFormat = ({ format, json }: FormatOptions): DiffFormat =>
  json === true ? 'json' : (format ?? 'text')

export function diffVerb(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return verb('diff', 'show what differs between two schemas')
    .argument('<before>', REFERENCE_HELP)
    .argument('<after>', 'the same, for the newer one')
    .option('--format <format>', `${DIFF_FORMATS.join(', ')}`, parseFormat)
    .action(async (before: string, after: string, options: FormatOptions) => {
      const [older, newer] = await Promise.all([before, after].map((name) => findSchema(name, ownSchemaPath(), io.cwd)))
      const diff = diffSchemas(comparable(older!), comparable(newer!))
      io.stdout(`${formatDiff(diff, chosenFormat(options), { file: newer!.source.name, text: newer!.source.text })}\n`)
      setExitCode(EXIT.ok)
    })
}
