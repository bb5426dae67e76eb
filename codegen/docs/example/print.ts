import type { ExampleObject, ExampleValue } from './value.js'

export interface PrintStyle {
  /** Spaces before the line that the value begins on. */
  readonly indent: number
  /** `new Api.X({})` instead of `new Api.X()` for an object without fields. */
  readonly emptyBraces: boolean
}

const STEP = 4

/** The TypeScript (and JavaScript) expression that builds a value. */
export function printValue(value: ExampleValue, style: PrintStyle): string {
  switch (value.kind) {
    case 'number':
    case 'boolean':
      return String(value.value)
    case 'long':
      return value.value === 0n ? 'BigInt(0)' : `BigInt('${value.value}')`
    case 'text':
      return quoted(value.value)
    case 'bytes':
      return `Buffer.from(${quoted(value.value)})`
    case 'list':
      return `[${value.items.map((item) => printValue(item, style)).join(', ')}]`
    case 'object':
      return printObject(value, style)
    case 'shorthand':
      return printValue(value.written, style)
    case 'verbatim':
      return value.source
  }
}

function printObject({ combinator, fields }: ExampleObject, style: PrintStyle): string {
  const callee = `new Api.${combinator.qualifiedName}`
  if (fields.length === 0) return style.emptyBraces ? `${callee}({})` : `${callee}()`
  const inner = { ...style, indent: style.indent + STEP }
  const pad = ' '.repeat(inner.indent)
  const lines = fields.map(({ param, value }) => `${pad}${param.name}: ${printValue(value, inner)}`)
  return `${callee}({\n${lines.join(',\n')}\n${' '.repeat(style.indent)}})`
}

function quoted(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`
}
