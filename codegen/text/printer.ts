import type { DefinitionNode, Item, ParamNode, SchemaAst, TypeNode } from './ast.js'

/** The canonical text of a schema: one definition per line, an empty line around sections and before comments. */
export function printSchema(ast: Pick<SchemaAst, 'items'>): string {
  let text = ''
  let previous: Item['kind'] | undefined
  for (const item of ast.items) {
    const besideSection = item.kind === 'section' || previous === 'section'
    const separated = besideSection || (item.kind === 'comment') !== (previous === 'comment')
    if (previous !== undefined && separated) text += '\n'
    text += `${printItem(item)}\n`
    previous = item.kind
  }
  return text
}

function printItem(item: Item): string {
  switch (item.kind) {
    case 'comment':
      return item.text === '' ? '//' : `// ${item.text}`
    case 'section':
      return `---${item.section}---`
    case 'definition':
      return printDefinition(item)
  }
}

/** Without leading zeros, as in Telegram's own texts. */
export const formatId = (id: number): string => id.toString(16)

/** One line of TL. With `id`, that number stands in place of the one that the text had. */
export function printDefinition(definition: DefinitionNode, id: number | undefined = definition.id?.value): string {
  let line = definition.name.text
  if (id !== undefined) line += `#${formatId(id)}`
  for (const variable of definition.generics) line += ` {${variable.text}:Type}`
  for (const param of definition.params) line += ` ${printParam(param)}`
  return `${line} = ${printResult(definition)};`
}

/** `Vector t`, in the definition of vector itself, is the one application that is written without brackets. */
function printResult({ generics, result }: DefinitionNode): string {
  if (result.kind !== 'apply') return printType(result)
  const argument = printType(result.argument)
  const variable = generics.some((generic) => generic.text === argument)
  return variable && !result.bare ? `${result.name} ${argument}` : printType(result)
}

export function printParam(param: ParamNode): string {
  switch (param.kind) {
    case 'unspecified':
      return '?'
    case 'count':
      return '#'
    case 'repeat':
      return `${param.times === undefined ? '' : `${param.times}*`}[ ${printType(param.item)} ]`
    case 'field': {
      const { condition } = param
      if (condition === undefined) return `${param.name.text}:${printType(param.type)}`
      const bit = condition.bit === undefined ? '' : `.${condition.bit}`
      return `${param.name.text}:${condition.word ?? ''}${bit}?${printType(param.type)}`
    }
  }
}

export function printType(type: TypeNode): string {
  switch (type.kind) {
    case 'nat':
      return '#'
    case 'query':
      return `!${type.name}`
    case 'name':
      return `${type.bare ? '%' : ''}${type.name}`
    case 'apply':
      return `${type.bare ? '%' : ''}${type.name}<${printType(type.argument)}>`
  }
}
