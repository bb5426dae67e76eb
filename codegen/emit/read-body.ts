import type { Combinator, PrimitiveName, TypeRef } from '../ir/ir.js'
import { bodyReader, typeReader } from './context.js'
import type { FileContext } from './context.js'
import { flagWordNames } from './flag-word-names.js'
import { isTrue } from './write-body.js'

const READER_METHOD: Readonly<Partial<Record<PrimitiveName, string>>> = {
  int: 'int',
  '#': 'uint',
  double: 'double',
  string: 'string',
  bytes: 'byteString',
  Bool: 'bool',
}
const ITEM_READER: Readonly<Partial<Record<PrimitiveName, string>>> = {
  int: 'readInt',
  '#': 'readUint',
  double: 'readDouble',
  string: 'readString',
  bytes: 'readBytes',
  Bool: 'readBool',
}
const WIDE_SIZE: Readonly<Partial<Record<PrimitiveName, number>>> = { int128: 16, int256: 32 }

/** The statements that read the fields into `value`, in wire order, so that every instance has the same shape. */
export function readStatements(context: FileContext, combinator: Combinator): string[] {
  const words = flagWordNames(combinator)
  return combinator.params.map((param) => {
    if (param.isFlagWord) {
      const read = param.tlName === 'flags' ? 'r.flags()' : `r.flags('${param.tlName}')`
      const isUsed = combinator.params.some((other) => other.flag?.word === param.tlName)
      return isUsed ? `const ${words.get(param.tlName)} = ${read}` : read
    }
    const { flag } = param
    if (flag === undefined) return `value.${param.name} = ${readExpression(context, param.type)}`
    const bit = `(${words.get(flag.word)} & (1 << ${flag.bit})) !== 0`
    if (isTrue(param)) return `value.${param.name} = ${bit}`
    return `value.${param.name} = ${bit} ? ${readExpression(context, param.type)} : undefined`
  })
}

/** An expression that reads one value. */
export function readExpression(context: FileContext, ref: TypeRef): string {
  if (ref.kind === 'vector') {
    const read = context.imports.runtime(ref.bare ? 'readBareVector' : 'readVector')
    return `${read}(r, ${itemReader(context, ref.item)}, ${Math.max(1, context.plan.minSize(ref.item))})`
  }
  if (ref.kind === 'primitive') return primitiveExpression(context, ref.name)
  return ref.kind === 'generic' ? 'readQuery(r)' : `${itemReader(context, ref)}(r)`
}

/** A function that reads one value. */
export function itemReader(context: FileContext, ref: TypeRef): string {
  const { plan, imports } = context
  switch (ref.kind) {
    case 'boxed':
      return typeReader(context, ref.type)
    case 'bare':
      return bodyReader(context, plan.constructors.get(ref.combinator)!)
    case 'primitive': {
      const named = ref.name === 'long' ? (plan.options.long === 'bigint' ? 'readBigint' : 'readLong') : ITEM_READER[ref.name]
      if (named !== undefined) return imports.runtime(named)
    }
  }
  return `(r) => ${readExpression(context, ref)}`
}

function primitiveExpression({ plan, imports }: FileContext, name: PrimitiveName): string {
  const { long, wide } = plan.options
  if (name === 'long') return long === 'bigint' ? 'r.bigint()' : `${imports.runtime('readLong')}(r)`
  const size = WIDE_SIZE[name]
  if (size !== undefined && wide === 'bytes') return `r.raw(${size})`
  if (size !== undefined) return `${imports.runtime(size === 16 ? 'readInt128' : 'readInt256')}(r)`
  return `r.${READER_METHOD[name]!}()`
}
