import { Option } from 'commander'
import type { Command } from 'commander'
import { BREAK_LEVELS } from '../../../codegen/diff/change.js'
import type { BreakLevel } from '../../../codegen/diff/change.js'
import { breakingChanges, diffSchemas } from '../../../codegen/diff/diff-schemas.js'
import { DIFF_FORMATS, formatDiff } from '../../../codegen/diff/formats.js'
import { layerRange, summary } from '../../../codegen/diff/describe-change.js'
import { loadProject } from '../config/project.js'
import { EXIT } from '../exit-code.js'
import type { ExitCode } from '../exit-code.js'
import type { CliIo } from '../io.js'
import { Report } from '../report.js'
import { comparable, findSchema } from '../schema/load-schema.js'
import { verb } from '../verb.js'
import { chosenFormat, parseFormat, REFERENCE_HELP } from './diff.js'
import type { FormatOptions } from './diff.js'

interface BreakingOptions extends FormatOptions {
  readonly against: string
  readonly use?: BreakLevel
  readonly config?: string
}

export function breakingVerb(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return verb('breaking', 'fail when a schema breaks what was built on another')
    .argument('[schema]', "the newer TL text (default: the project's, or the package's)")
    .requiredOption('--against <reference>', REFERENCE_HELP)
    .addOption(new Option('--use <level>', 'what counts as breaking (default: SOURCE)').choices(BREAK_LEVELS))
    .option('--format <format>', `${DIFF_FORMATS.join(', ')}`, parseFormat)
    .option('--config <file>', 'config file')
    .action(async (schema: string | undefined, options: BreakingOptions) => {
      setExitCode(await breaking(io, schema, options))
    })
}

async function breaking(io: CliIo, schemaPath: string | undefined, options: BreakingOptions): Promise<ExitCode> {
  const { schema, config, schemaPath: path } = await loadProject(io, options.config, schemaPath)
  const diff = diffSchemas(comparable(await findSchema(options.against, path, io.cwd)), comparable(schema))
  const level = options.use ?? config.breaking?.use ?? 'SOURCE'
  const changes = breakingChanges(diff, level, config.breaking?.ignore)
  const format = chosenFormat(options)
  if (format === 'text') {
    const report = new Report(io, options)
    if (changes.length > 0) report.result(formatDiff({ ...diff, changes }, 'text').replace(/\n?[^\n]*$/, ''))
    const verdict =
      changes.length === 0
        ? report.paint('green', `nothing breaks ${level}`)
        : report.paint('red', `${changes.length} break ${level}`)
    report.say(`${layerRange(diff)}: ${verdict} (in all ${summary(diff.changes)})`)
  } else {
    io.stdout(`${formatDiff({ ...diff, changes }, format, { file: schema.source.name, text: schema.source.text })}\n`)
  }
  return changes.length > 0 ? EXIT.findings : EXIT.ok
}
