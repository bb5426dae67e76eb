import type { Command } from 'commander'
import { compileSchema } from '../../../codegen/compile-schema.js'
import { renderDiagnostic } from '../../../codegen/text/diagnostic.js'
import type { Diagnostic } from '../../../codegen/text/diagnostic.js'
import { loadConfig } from '../config/load-config.js'
import { EXIT } from '../exit-code.js'
import type { ExitCode } from '../exit-code.js'
import type { CliIo } from '../io.js'
import { packageFile } from '../package-files.js'
import type { OutputOptions } from '../report.js'
import { schemaFile } from '../schema/load-schema.js'
import { contextOf, verb } from '../verb.js'
import { resolve } from 'node:path'

interface VerifyOptions extends OutputOptions {
  readonly config?: string
  readonly acceptCrc?: readonly string[]
}

export function verifyVerb(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return verb('verify', 'check a schema: every number, name, type and flag')
    .argument('[files...]', "TL texts, each a schema of its own (default: the project's, or the package's)")
    .option('--config <file>', 'config file')
    .option('--accept-crc <names...>', 'definitions that may have a number that is not the CRC-32 of their line')
    .action(async (files: string[], options: VerifyOptions) => {
      setExitCode(await verify(io, files, options))
    })
}

async function verify(io: CliIo, files: readonly string[], options: VerifyOptions): Promise<ExitCode> {
  const { report } = contextOf(io, options)
  const results = (files.length > 0 ? files : await defaultFiles(io, options.config)).map((file) => {
    const { source } = schemaFile(file, io.cwd)
    const { schema, diagnostics } = compileSchema([source], { acceptedNumbers: options.acceptCrc ?? [], pedantic: true })
    const verified = schema.combinators.filter((combinator) => combinator.crcVerified).length
    return { file: source.name, layer: schema.layer, definitions: schema.combinators.length, verified, diagnostics }
  })
  for (const { file, layer, definitions, verified, diagnostics } of results) {
    for (const diagnostic of diagnostics) report.result(renderDiagnostic(diagnostic))
    const verdict = verdictOf(diagnostics, (color, text) => report.paint(color, text))
    const stated = layer === undefined ? '' : `layer ${layer}, `
    report.say(`${file}  ${stated}${definitions} definitions, CRC ${verified} ok: ${verdict}`)
  }
  report.document({ files: results.map(({ layer, ...rest }) => ({ ...rest, layer: layer ?? null })) })
  const failed = results.some(({ diagnostics }) => diagnostics.some((diagnostic) => diagnostic.severity === 'error'))
  return failed ? EXIT.findings : EXIT.ok
}

async function defaultFiles(io: CliIo, configPath: string | undefined): Promise<string[]> {
  const { config, folder } = await loadConfig(io.cwd, configPath)
  return config.schema?.api === undefined
    ? [packageFile('tl/api.tl'), packageFile('tl/mtproto.tl')]
    : [resolve(folder, config.schema.api)]
}

/** `sound`, `sound, 2 warnings`, `1 error, 2 warnings`. */
function verdictOf(diagnostics: readonly Diagnostic[], paint: (color: 'green' | 'red', text: string) => string): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length
  const warnings = diagnostics.length - errors
  const plural = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`
  const verdict = errors === 0 ? paint('green', 'sound') : paint('red', plural(errors, 'error'))
  return warnings === 0 ? verdict : `${verdict}, ${plural(warnings, 'warning')}`
}
