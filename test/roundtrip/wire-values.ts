import type { TypeRef } from '../../codegen/ir/ir.js'
import type { WireValue } from '../../codegen/wire/value.js'
import { isPlain } from './instances.js'
import type { Plain, Value } from './random-values.js'

/** A plain object in the words of the encoder that interprets the schema. */
export function wireValue({ combinator, fields }: Plain): WireValue {
  const given = Object.entries(fields).map(([name, value]) => {
    const { tlName, type } = combinator.params.find((param) => param.name === name)!
    return { name: tlName, value: ofType(value, type) }
  })
  return { kind: 'object', name: combinator.tlName, fields: given }
}

function ofType(value: Value, type: TypeRef): WireValue {
  if (type.kind === 'vector') {
    return { kind: 'list', items: (value as readonly Value[]).map((item) => ofType(item, type.item)) }
  }
  if (isPlain(value)) return wireValue(value)
  if (value instanceof Uint8Array) return { kind: 'bytes', value }
  if (typeof value === 'boolean') return { kind: 'boolean', value }
  if (typeof value === 'string') return { kind: 'text', value }
  if (type.kind === 'primitive' && type.name === 'double') return { kind: 'double', value: Number(value) }
  return { kind: 'integer', value: BigInt(value as number | bigint) }
}
