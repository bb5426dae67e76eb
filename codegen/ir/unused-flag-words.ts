import { definitionsOf } from '../text/ast.js'
import type { SchemaAst } from '../text/ast.js'
import type { DiagnosticList } from '../text/diagnostic.js'

/** A flag word whose bits stand for no field costs 4 bytes a time: often what is left when a field has gone. */
export function reportUnusedFlagWords(ast: SchemaAst, diagnostics: DiagnosticList): void {
  for (const { params } of definitionsOf(ast)) {
    const fields = params.flatMap((param) => (param.kind === 'field' ? [param] : []))
    const used = new Set(fields.map(({ condition }) => condition?.word))
    for (const { name, type } of fields) {
      if (type.kind !== 'nat' || !/^flags\d*$/.test(name.text) || used.has(name.text)) continue
      diagnostics.add('unused-flag-word', ast.source, name.span, `no field depends on '${name.text}'`, 'warning')
    }
  }
}
