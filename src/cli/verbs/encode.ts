import { Option } from 'commander'
import type { Command } from 'commander'
import { decodeWithSpans, typeByText } from '../../../codegen/wire/decode.js'
import { encodeValue } from '../../../codegen/wire/encode.js'
import { parseLiteral } from '../../../codegen/wire/literal.js'
import { EXIT, usage } from '../exit-code.js'
import type { ExitCode } from '../exit-code.js'
import { formatSpans } from '../format-spans.js'
import type { CliIo } from '../io.js'
import type { OutputOptions } from '../report.js'
import { wireDefinitions } from '../schema/wire-definitions.js'
import type { WireOptions } from '../schema/wire-definitions.js'
import { contextOf, verb } from '../verb.js'
import { parseLayer } from './decode.js'
import { REFERENCE_HELP } from './diff.js'

interface EncodeOptions extends OutputOptions, WireOptions {
  readonly as?: string
  readonly spans?: boolean
  readonly format: 'hex' | 'base64'
}

export function encodeVerb(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return verb('encode', 'turn a value into bytes')
    .argument('<value>', "'users.getUsers{ id: [inputUserSelf] }', or - for standard input")
    .option('--as <type>', 'write a value of this type instead of an object with its number')
    .option('--spans', 'show each run of bytes with its offset and meaning')
    .addOption(new Option('--format <format>', 'how to print the bytes').choices(['hex', 'base64']).default('hex'))
    .option('--layer <number>', 'write by an older layer', parseLayer)
    .option('--schema <reference>', REFERENCE_HELP)
    .option('--config <file>', 'config file')
    .action(async (value: string, options: EncodeOptions) => {
      setExitCode(await encode(io, value, options))
    })
}

async function encode(io: CliIo, text: string, options: EncodeOptions): Promise<ExitCode> {
  const { report } = contextOf(io, options)
  const literal = parseLiteral(text === '-' ? Buffer.from(await io.stdin()).toString('utf8') : text)
  const definitions = await wireDefinitions(io, options)
  const type = options.as === undefined ? undefined : typeByText(options.as, definitions)
  if (options.as !== undefined && type === undefined) throw usage(`the schema has no type '${options.as}'`)
  const bytes = encodeValue(literal, definitions, type)
  const { spans } = decodeWithSpans(bytes, definitions, type)
  const printed = Buffer.from(bytes).toString(options.format)
  report.result(options.spans === true ? formatSpans(spans, bytes) : printed)
  report.document({ length: bytes.length, [options.format]: printed, ...(options.spans === true && { spans }) })
  return EXIT.ok
}
