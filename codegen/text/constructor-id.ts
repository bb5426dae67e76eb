import type { DefinitionNode, ParamNode, TypeNode } from './ast.js'
import { crc32 } from './crc32.js'

/**
 * The text whose CRC-32 numbers a definition. It is the line without number and semicolon, and with three rules of
 * age: braces and angle brackets are dropped (`Vector<int>` reads `Vector int`), fields of type `true` behind a flag
 * do not count, and `bytes` reads `string` except inside a vector.
 * @see https://core.telegram.org/mtproto/TL-formal#constructor-identifiers
 */
export function crcText(definition: DefinitionNode): string {
  let text = definition.name.text
  for (const variable of definition.generics) text += ` ${variable.text}:Type`
  for (const param of definition.params) text += paramText(param)
  return `${text} = ${typeText(definition.result, false)}`
}

export const computedId = (definition: DefinitionNode): number => crc32(crcText(definition))

function paramText(param: ParamNode): string {
  switch (param.kind) {
    case 'unspecified':
      return ' ?'
    case 'count':
      return ' #'
    case 'repeat':
      return ` ${param.times === undefined ? '' : `${param.times}*`}[ ${typeText(param.item, true)} ]`
    case 'field': {
      const { condition, type } = param
      if (condition === undefined) return ` ${param.name.text}:${typeText(type, false)}`
      if (type.kind === 'name' && type.name === 'true') return ''
      return ` ${param.name.text}:${condition.word ?? ''}.${condition.bit ?? ''}?${typeText(type, false)}`
    }
  }
}

function typeText(type: TypeNode, insideVector: boolean): string {
  switch (type.kind) {
    case 'nat':
      return '#'
    case 'query':
      return `!${type.name}`
    case 'name':
      if (type.name === 'bytes' && !insideVector && !type.bare) return 'string'
      return `${type.bare ? '%' : ''}${type.name}`
    case 'apply':
      return `${type.bare ? '%' : ''}${type.name} ${typeText(type.argument, true)}`
  }
}
