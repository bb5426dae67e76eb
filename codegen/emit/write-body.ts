import type { Combinator, Param, PrimitiveName, TypeRef } from '../ir/ir.js'
import { formatId } from '../text/printer.js'
import { className } from './context.js'
import type { FileContext } from './context.js'
import { flagWordNames } from './flag-word-names.js'
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

/** The statements that write the fields, flag words included. A bit decides alone whether its fields are written. */
export function fieldStatements(context: FileContext, combinator: Combinator): string[] {
  const statements: string[] = []
  const words = flagWordNames(combinator)
  for (const param of combinator.params) {
    if (param.isFlagWord) {
      const isAsked = combinator.params.some((other) => other.flag?.word === param.tlName && !isTrue(other))
      statements.push(...flagStatements(flagTerms(context, combinator, param), isAsked ? words.get(param.tlName) : undefined))
    } else if (!isTrue(param)) {
      const { flag } = param
      const write = writeStatement(context, param.type, `this.${param.name}`)
      statements.push(flag === undefined ? write : `if (${words.get(flag.word)} & (1 << ${flag.bit})) ${write}`)
    }
  }
  return statements
}

/** Writes a flag word, which gets a name where fields are asked for by it. */
function flagStatements(terms: readonly string[], name: string | undefined): string[] {
  const line = terms.join(' | ')
  const isLong = line.length > 90
  const lines = terms.join(' |\n  ')
  if (name === undefined) return [`w.flags(${isLong ? `\n  ${lines},\n` : line})`]
  return [`const ${name} =${isLong ? `\n  ${lines}` : ` ${line}`}`, `w.flags(${name})`]
}

/** What makes up a flag word: each bit is the presence of its fields. */
function flagTerms({ imports }: FileContext, combinator: Combinator, word: Param): string[] {
  const bits = combinator.flagWords.find((candidate) => candidate.tlName === word.tlName)?.bits ?? []
  const byName = new Map(combinator.params.map((param) => [param.name, param]))
  const terms = bits.map(({ bit, fields }) => `${presence(imports, fields.map((name) => byName.get(name)!))} ? 1 << ${bit} : 0`)
  return terms.length === 0 ? ['0'] : terms.length === 1 ? terms : terms.map((term) => `(${term})`)
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
