import type { Combinator, Param, PrimitiveName, TypeRef } from '../ir/ir.js'
import { formatId } from '../text/printer.js'
import { className } from './context.js'
import type { FileContext } from './context.js'
import type { Imports } from './imports.js'

/** Methods of the writer for the types that it knows itself. */
const WRITER_METHOD: Readonly<Partial<Record<PrimitiveName, string>>> = {
  int: 'int',
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
export function beginStatement({ plan, isTerse }: FileContext, combinator: Combinator): string {
  const id = hex(combinator.id)
  if (combinator.kind === 'method') return `w.beginRequest(${isTerse ? 'this.CONSTRUCTOR_ID' : id})`
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
      const write = writeStatement(context, param.type, value)
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
    const present = presence(imports, fields.map((name) => byName.get(name)!))
    return `(${present} ? 1 << ${bit} : 0)`
  })
  const line = terms.join(' | ')
  return terms.length === 1 ? line.replace(/^\((.*)\)$/, '$1') : line.length <= 90 ? line : `\n  ${terms.join(' |\n  ')},\n`
}

/** Whether the fields of one flag bit are there; fields that share one are there together or not at all. */
function presence(imports: Imports, fields: readonly Param[]): string {
  const tests = fields.map((param) => (isTrue(param) ? `${imports.runtime('isSet')}(this.${param.name})` : `this.${param.name} != null`))
  return tests.length === 1 ? tests[0]! : `${imports.runtime(tests.length === 2 ? 'tied' : 'tiedFields')}(${tests.join(', ')})`
}

function writeStatement(context: FileContext, ref: TypeRef, value: string): string {
  const { plan, imports } = context
  switch (ref.kind) {
    case 'primitive': {
      const method = WRITER_METHOD[ref.name]
      if (method !== undefined) return `w.${method}(${value})`
      return `${imports.runtime(ITEM_WRITER[ref.name]!)}(w, ${value})`
    }
    case 'boxed':
      return `w.boxed(${value}, '${ref.type}')`
    case 'bare': {
      const bare = className(context, plan.constructors.get(ref.combinator)!, 'value')
      return `${imports.runtime('writeBare')}(w, ${value}, ${bare})`
    }
    case 'generic':
      return `${imports.runtime('writeQuery')}(w, ${value})`
    case 'vector': {
      if (ref.item.kind === 'boxed' && !ref.bare) return `${imports.runtime('writeObjects')}(w, ${value}, '${ref.item.type}')`
      const write = imports.runtime(ref.bare ? 'writeBareVector' : 'writeVector')
      return `${write}(w, ${value}, ${itemWriter(context, ref.item)})`
    }
    case 'object':
      throw new Error('objects of any type are read and written by hand')
  }
}

/** A function that writes one item of a vector. */
function itemWriter(context: FileContext, item: TypeRef): string {
  const named = item.kind === 'primitive' ? ITEM_WRITER[item.name] : undefined
  if (named !== undefined) return context.imports.runtime(named)
  return `(w, item) => ${writeStatement(context, item, 'item')}`
}

export const isTrue = (param: Param): boolean => param.type.kind === 'primitive' && param.type.name === 'true'
