import type { Combinator, Param, PrimitiveName, TypeRef } from '../ir/ir.js'
import { formatId } from '../text/printer.js'
import { className } from './context.js'
import type { FileContext } from './context.js'

/** Methods of the writer for the types that it knows itself. */
const WRITER_METHOD: Readonly<Partial<Record<PrimitiveName, string>>> = {
  int: 'int',
  '#': 'uint',
  string: 'string',
  bytes: 'bytes',
}
/** Functions of the runtime that write one value; the only way for some types, and what the items of a vector need. */
const ITEM_WRITER: Readonly<Partial<Record<PrimitiveName, string>>> = {
  int: 'writeInt',
  '#': 'writeUint',
  long: 'writeLong',
  double: 'writeDouble',
  string: 'writeString',
  bytes: 'writeBytes',
  Bool: 'writeBool',
  int128: 'writeInt128',
  int256: 'writeInt256',
}

export const hex = (id: number): string => `0x${formatId(id)}`

/** The first line of `write`: the constructor id, checked against what is wanted there. */
export function beginStatement({ plan }: FileContext, combinator: Combinator): string {
  const id = hex(combinator.id)
  if (combinator.kind === 'method') return `w.beginRequest(${id})`
  const form = plan.peerForms.get(combinator.tlName)
  if (form === undefined) return `w.begin(${id}, '${combinator.type}')`
  return `w.begin(${id}, '${combinator.type}', '${form.type}', ${hex(form.id)})`
}

/** The statements that write the fields, flag words included. */
export function fieldStatements(context: FileContext, combinator: Combinator): string[] {
  const statements: string[] = []
  for (const param of combinator.params) {
    if (param.isFlagWord) {
      statements.push(`w.flags(${flagExpression(context, combinator, param)})`)
    } else if (!isTrue(param)) {
      const value = `this.${param.name}`
      const write = writeStatement(context, param.type, value, quote(param.tlName))
      statements.push(param.flag === undefined ? write : `if (${value} != null) ${write}`)
    }
  }
  return statements
}

/** A flag word as one expression: each bit is the presence of its fields, by the same test that decides their payload. */
function flagExpression({ imports }: FileContext, combinator: Combinator, word: Param): string {
  const bits = combinator.flagWords.find((candidate) => candidate.tlName === word.tlName)?.bits ?? []
  if (bits.length === 0) return '0'
  const byName = new Map(combinator.params.map((param) => [param.name, param]))
  const terms = bits.map(({ bit, fields }) => {
    const mask = `1 << ${bit}`
    const [first, second] = fields.map((name) => byName.get(name)!)
    const presence = (param: Param): string =>
      isTrue(param) ? `w.isSet(this.${param.name}, ${quote(param.tlName)})` : `this.${param.name}`
    if (fields.length > 2) {
      const entries = fields.map((name) => byName.get(name)!).map((param) => `${propertyKey(param.tlName)}: ${presence(param)}`)
      return `${imports.runtime('tiedFields')}(w, ${mask}, { ${entries.join(', ')} })`
    }
    if (second !== undefined) {
      return `w.tied(${mask}, ${presence(first!)}, ${quote(first!.tlName)}, ${presence(second)}, ${quote(second.tlName)})`
    }
    if (isTrue(first!)) return `w.flag(this.${first!.name}, ${mask}, ${quote(first!.tlName)})`
    return `(this.${first!.name} != null ? ${mask} : 0)`
  })
  const line = terms.join(' | ')
  return terms.length === 1 ? line.replace(/^\((.*)\)$/, '$1') : line.length <= 90 ? line : `\n  ${terms.join(' |\n  ')},\n`
}

function writeStatement(context: FileContext, ref: TypeRef, value: string, field: string): string {
  const { plan, imports } = context
  switch (ref.kind) {
    case 'primitive': {
      const method = WRITER_METHOD[ref.name]
      if (method !== undefined) return `w.${method}(${value}, ${field})`
      return `${imports.runtime(ITEM_WRITER[ref.name]!)}(w, ${value}, ${field})`
    }
    case 'boxed':
      return `w.boxed(${value}, '${ref.type}', ${field})`
    case 'bare': {
      const bare = className(context, plan.constructors.get(ref.combinator)!, 'value')
      return `${imports.runtime('writeBare')}(w, ${value}, ${bare}, ${field})`
    }
    case 'generic':
      return `${imports.runtime('writeQuery')}(w, ${value}, ${field})`
    case 'vector': {
      if (ref.item.kind === 'boxed' && !ref.bare) return `${imports.runtime('writeObjects')}(w, ${value}, '${ref.item.type}', ${field})`
      const write = imports.runtime(ref.bare ? 'writeBareVector' : 'writeVector')
      return `${write}(w, ${value}, ${field}, ${itemWriter(context, ref.item)})`
    }
    case 'object':
      throw new Error('objects of any type are read and written by hand')
  }
}

/** A function that writes one item of a vector. */
function itemWriter(context: FileContext, item: TypeRef): string {
  const named = item.kind === 'primitive' ? ITEM_WRITER[item.name] : undefined
  if (named !== undefined) return context.imports.runtime(named)
  return `(w, item, index) => ${writeStatement(context, item, 'item', 'index')}`
}

export const isTrue = (param: Param): boolean => param.type.kind === 'primitive' && param.type.name === 'true'

const quote = (text: string): string => `'${text}'`
const propertyKey = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name))
