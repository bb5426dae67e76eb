import { compileSchema } from './compile-schema.js'
import type { CompileOptions } from './compile-schema.js'
import { moduleStatements } from './emit/module-statements.js'
import { printModules } from './emit/thread/print-modules.js'
import type { PrintThread } from './emit/thread/print-thread.js'
import type { Schema } from './ir/ir.js'
import { pruneSchema } from './ir/prune.js'
import { planModules } from './modules/plan.js'
import type { ModuleOptions } from './modules/options.js'
import type { Diagnostic } from './text/diagnostic.js'
import type { SourceText } from './text/source.js'

/**
 * How TL text becomes TypeScript, each arrow one function in one file:
 *
 *     text -parseSchema-> AST -buildSchema-> IR -pruneSchema-> IR -planModules-> module plan
 *          -moduleStatements-> statements -printModules-> TypeScript
 *
 * - `text/` knows how TL is written: tokens, definitions, places, the CRC-32 of a line. It concludes nothing.
 * - `ir/` concludes everything: what a name refers to, which fields share a bit, what an identifier is called, which
 *   types form a circle. What is wrong with a schema is found here or before, with its place in the text.
 * - `modules/` decides which file holds what.
 * - `emit/` writes, and decides nothing.
 *
 * Every stage takes and returns plain data that prints. `compileSchema` is the first two arrows; `diff/`, `docs/` and
 * `wire/` start from the IR as well.
 */
export function runPipeline(texts: readonly SourceText[], options: PipelineOptions): PipelineResult {
  const { schema: whole, diagnostics, ok } = compileSchema(texts, options.compile)
  if (!ok) return { schema: whole, diagnostics, unmatched: [], files: undefined }
  const { schema, unmatched } = pruneSchema(whole, options.include ?? ['*'])
  if (unmatched.length > 0) return { schema, diagnostics, unmatched, files: undefined }
  const plan = planModules(schema, options.modules)
  const files = printModules(moduleStatements(plan), plan.options.provenance, options.thread)
  return { schema, diagnostics, unmatched, files }
}

export interface PipelineOptions {
  readonly compile?: CompileOptions
  readonly modules: ModuleOptions
  /** Names, types or namespaces (`messages.*`) to generate, with all that they refer to. Default: everything. */
  readonly include?: readonly string[]
  /** Prints the files. Default: they are printed where they are made. */
  readonly thread?: PrintThread | undefined
}

export interface PipelineResult {
  /** What was generated. */
  readonly schema: Schema
  readonly diagnostics: readonly Diagnostic[]
  /** Entries of `include` that match nothing. */
  readonly unmatched: readonly { readonly pattern: string; readonly nearest: string | undefined }[]
  /** Text by path, relative to the output folder. Undefined when a finding is an error or an entry matches nothing. */
  readonly files: Promise<ReadonlyMap<string, string>> | undefined
}
