import { buildSchema } from './ir/build.js'
import { EMPTY_ERROR_TABLE } from './ir/error-table.js'
import type { ErrorTable } from './ir/error-table.js'
import type { Schema } from './ir/ir.js'
import { reportUnusedFlagWords } from './ir/unused-flag-words.js'
import { DiagnosticList } from './text/diagnostic.js'
import type { Diagnostic } from './text/diagnostic.js'
import { parseSchema } from './text/parser.js'
import type { SourceText } from './text/source.js'

export interface CompileOptions {
  /** Overrides the layer that the text states. */
  readonly layer?: number
  /** Who may call a method and which errors it raises; joined into the methods. */
  readonly errors?: ErrorTable
  /** What a number that is not the CRC-32 of its line counts as. Default: `error`. */
  readonly crcMismatch?: 'error' | 'warning'
  /** Definitions whose number is taken as it stands, by name: some texts rename old constructors. */
  readonly acceptedNumbers?: Iterable<string>
  /** Warn of what is sound, but probably not meant. Default: false. */
  readonly pedantic?: boolean
}

export interface CompiledSchema {
  /** Everything that is sound; use it only when no diagnostic is an error. */
  readonly schema: Schema
  /** All findings of all texts, in the order of the texts. */
  readonly diagnostics: readonly Diagnostic[]
  /** No finding is an error. */
  readonly ok: boolean
}

/** TL texts, which together are one schema, to checked IR. Never throws for what a text says. */
export function compileSchema(texts: readonly SourceText[], options: CompileOptions = {}): CompiledSchema {
  const list = new DiagnosticList()
  const asts = texts.map((text) => parseSchema(text, list))
  const crc = { mismatch: options.crcMismatch ?? 'error', accepted: new Set(options.acceptedNumbers) } as const
  const schema = buildSchema(asts, { layer: options.layer, errors: options.errors ?? EMPTY_ERROR_TABLE, crc }, list)
  if (options.pedantic === true) for (const ast of asts) reportUnusedFlagWords(ast, list)
  const diagnostics = list.sorted()
  return { schema, diagnostics, ok: diagnostics.every((diagnostic) => diagnostic.severity !== 'error') }
}
