import type { Combinator, Param } from '../ir/ir.js'
import type { FileContext } from './context.js'
import { LINE_WIDTH } from './layout.js'
import { isLong, paramType } from './types.js'
import type { Owner } from './types.js'
import { isTrue } from './write-body.js'

/** The type of a constructor's one argument. */
export interface ArgumentsType {
  readonly text: string
  /** Nothing in it is required. */
  readonly optional: boolean
}

const INDENT = '  '
const SURROUNDINGS = '  constructor(args:  = {}) {'.length

/** Required fields, optional ones, and for each flag bit that several fields share: all of them or none. */
export function argumentsType(context: FileContext, combinator: Combinator, owner: Owner): ArgumentsType {
  const tied = combinator.flagWords.flatMap((word) => word.bits.filter((bit) => bit.tied).map((bit) => bit.fields))
  const tiedNames = new Set(tied.flat())
  const loose = combinator.params.filter((param) => !param.isFlagWord && !tiedNames.has(param.name))
  const isOptional = (param: Param): boolean => param.flag !== undefined || hasDefault(combinator, param)
  const property = (param: Param): string => {
    const type = paramType(context, param, owner, 'argument')
    return isOptional(param) ? `${param.name}?: ${type} | undefined` : `${param.name}: ${type}`
  }
  const byName = new Map(combinator.params.map((param) => [param.name, param]))
  const alternatives = tied.map((names) => {
    const fields = names.map((name) => byName.get(name)!)
    const given = fields.map((param) => `${param.name}: ${isTrue(param) ? 'true' : paramType(context, param, owner, 'argument')}`)
    const absent = fields.map((param) => `${param.name}?: ${isTrue(param) ? 'false | undefined' : 'undefined'}`)
    return [`{ ${given.join('; ')} }`, `{ ${absent.join('; ')} }`] as const
  })
  return { text: layOut(loose.map(property), alternatives), optional: loose.every(isOptional) }
}

/** A random id is made up where a request is given none. */
export function hasDefault(combinator: Combinator, { tlName, type }: Param): boolean {
  if (combinator.kind !== 'method' || tlName !== 'random_id') return false
  return isLong(type) || (type.kind === 'vector' && isLong(type.item) && combinator.params.some((other) => other.tlName === 'id' && other.type.kind === 'vector'))
}

function layOut(properties: readonly string[], alternatives: readonly (readonly [string, string])[]): string {
  const unions = alternatives.map((pair) => `(${pair.join(' | ')})`)
  const object = properties.length === 0 ? [] : [`{ ${properties.join('; ')} }`]
  const line = unions.length === 1 && object.length === 0 ? alternatives[0]!.join(' | ') : [...object, ...unions].join(' & ')
  if (SURROUNDINGS + line.length <= LINE_WIDTH) return line
  const tall = properties.length === 0 ? [] : [`{\n${properties.map((each) => `${INDENT}${each}\n`).join('')}}`]
  const tallUnions = alternatives.map((pair) => `(\n${pair.map((each) => `${INDENT}| ${each}\n`).join('')})`)
  return [...tall, ...tallUnions].join(' & ')
}
