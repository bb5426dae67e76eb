import { readFileSync } from 'node:fs'
import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import { layerHistory } from '../../../codegen/docs/source/layers.js'
import type { LayersFile } from '../../../codegen/docs/source/layers.js'
import { formatId } from '../../../codegen/text/printer.js'
import { decodeWithSpans, typeByText } from '../../../codegen/wire/decode.js'
import { BOOL_FALSE_ID, BOOL_TRUE_ID, VECTOR_ID } from '../../../codegen/wire/definitions.js'
import type { Decoded } from '../../../codegen/wire/decode.js'
import { toJson, WireRefusal } from '../../../codegen/wire/value.js'
import { CliFailure, EXIT, usage } from '../exit-code.js'
import type { ExitCode } from '../exit-code.js'
import { formatSpans } from '../format-spans.js'
import { inputBytes } from '../input-bytes.js'
import type { CliIo } from '../io.js'
import { packageFile } from '../package-files.js'
import { printTree } from '../print-tree.js'
import type { OutputOptions } from '../report.js'
import { wireDefinitions } from '../schema/wire-definitions.js'
import type { WireOptions } from '../schema/wire-definitions.js'
import { contextOf, verb } from '../verb.js'
import { REFERENCE_HELP } from './diff.js'

interface DecodeOptions extends OutputOptions, WireOptions {
  readonly as?: string
  readonly spans?: boolean
}

export function decodeVerb(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return verb('decode', 'show what bytes say')
    .argument('<input>', 'hexadecimal, base64, a file, or - for standard input')
    .option('--as <type>', 'read a value of this type instead of an object with its number: Vector<long>')
    .option('--spans', 'show each run of bytes with its offset and meaning')
    .option('--layer <number>', 'read by an older layer', parseLayer)
    .option('--schema <reference>', REFERENCE_HELP)
    .option('--config <file>', 'config file')
    .action(async (input: string, options: DecodeOptions) => {
      setExitCode(await decode(io, input, options))
    })
}

export function parseLayer(value: string): number {
  if (!/^\d{1,4}$/.test(value)) throw new InvalidArgumentError('A layer is a number.')
  return Number(value)
}

async function decode(io: CliIo, input: string, options: DecodeOptions): Promise<ExitCode> {
  const { report } = contextOf(io, options)
  const bytes = await inputBytes(input, io)
  const { value, spans } = await decodeBytes(io, bytes, options)
  report.result(options.spans === true ? formatSpans(spans, bytes) : printTree(value))
  report.document({ length: bytes.length, value: toJson(value), ...(options.spans === true && { spans }) })
  return EXIT.ok
}

async function decodeBytes(io: CliIo, bytes: Uint8Array, options: DecodeOptions): Promise<Decoded> {
  const definitions = await wireDefinitions(io, options)
  const type = options.as === undefined ? undefined : typeByText(options.as, definitions)
  if (options.as !== undefined && type === undefined) throw usage(`the schema has no type '${options.as}'`)
  try {
    return decodeWithSpans(bytes, definitions, type)
  } catch (error) {
    if (!(error instanceof WireRefusal) || error.unknownId === undefined) throw error
    throw new CliFailure(EXIT.protocol, `${error.message}${otherLayers(error.unknownId)}`, { cause: error })
  }
}

/** Numbers that no definition of a schema has. */
const BUILT_IN: ReadonlyMap<number, string> = new Map([
  [VECTOR_ID, "a vector: say of what, as in --as 'Vector<long>'"],
  [BOOL_TRUE_ID, 'boolTrue: read it with --as Bool'],
  [BOOL_FALSE_ID, 'boolFalse: read it with --as Bool'],
])

/** `; it is dialog of layer 167 to 223: try --layer 223` */
function otherLayers(id: number): string {
  const builtIn = BUILT_IN.get(id)
  if (builtIn !== undefined) return `; it is ${builtIn}`
  const file = JSON.parse(readFileSync(packageFile('tl/layers.json'), 'utf8')) as LayersFile
  const history = layerHistory(file)
  for (const name of history.names) {
    const found = history.of(name)
    const step = found?.ids.findIndex((each) => each.id === id) ?? -1
    if (found === undefined || step === -1) continue
    const from = found.ids[step]!.layer
    const next = found.ids[step + 1]?.layer ?? found.removed
    const last = history.layers.filter((layer) => next === undefined || layer < next).at(-1) ?? from
    return `; it is ${name}#${formatId(id)} of layers ${from} to ${last}: try --layer ${last}`
  }
  return '; no known layer has it'
}
