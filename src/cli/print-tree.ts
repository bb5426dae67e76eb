import { printValue } from '../../codegen/wire/value.js'
import type { WireValue } from '../../codegen/wire/value.js'

const LINE_WIDTH = 100

/** A value over as many lines as it needs, in the form that `encode` reads. */
export function printTree(value: WireValue, indent = ''): string {
  const line = printValue(value)
  if (indent.length + line.length <= LINE_WIDTH) return line
  const inner = `${indent}  `
  if (value.kind === 'object') {
    const fields = value.fields.map((field) => `${inner}${field.name}: ${printTree(field.value, inner)},\n`)
    return `${value.name}{\n${fields.join('')}${indent}}`
  }
  if (value.kind === 'list') {
    return `[\n${value.items.map((item) => `${inner}${printTree(item, inner)},\n`).join('')}${indent}]`
  }
  return line
}
