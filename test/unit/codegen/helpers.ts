import { compileSchema } from '../../../codegen/compile-schema.js'
import type { CompileOptions } from '../../../codegen/compile-schema.js'
import type { Schema } from '../../../codegen/ir/ir.js'
import { renderDiagnostic } from '../../../codegen/text/diagnostic.js'

/** Compiles a text that must be sound. Numbers may be left out of its lines. */
export function compileSound(text: string, options: CompileOptions = {}): Schema {
  const { schema, diagnostics } = compileSchema([{ name: 'test.tl', text }], options)
  if (diagnostics.length > 0) throw new Error(diagnostics.map(renderDiagnostic).join('\n'))
  return schema
}

/** What compiling a text says, as a user sees it. */
export const findings = (text: string, options: CompileOptions = {}): string[] =>
  compileSchema([{ name: 'api.tl', text }], options).diagnostics.map(renderDiagnostic)
