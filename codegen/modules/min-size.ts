import type { Combinator, PrimitiveName, TypeRef } from '../ir/ir.js'

const PRIMITIVE_SIZE: Readonly<Record<PrimitiveName, number>> = {
  int: 4,
  '#': 4,
  long: 8,
  double: 8,
  string: 4,
  bytes: 4,
  Bool: 4,
  int128: 16,
  int256: 32,
  true: 0,
}
const ID_SIZE = 4
const VECTOR_HEAD = 8

export type MinSizeOf = (ref: TypeRef) => number

/**
 * The least number of bytes that a value of each type takes. A vector's count is checked against it before anything is
 * allocated. Nothing is known at first (`Infinity`), and rounds are made until nothing shrinks any more: what holds itself
 * and cannot do without has no finite value, and stays where it was.
 */
export function minSizes(combinators: readonly Combinator[]): MinSizeOf {
  const bodies = new Map<string, number>()
  const types = new Map<string, number>()
  const sizeOf = (ref: TypeRef): number => {
    switch (ref.kind) {
      case 'primitive':
        return PRIMITIVE_SIZE[ref.name]
      case 'boxed':
        return types.get(ref.type) ?? Infinity
      case 'bare':
        return bodies.get(ref.combinator) ?? Infinity
      case 'vector':
        return ref.bare ? VECTOR_HEAD - ID_SIZE : VECTOR_HEAD
      default:
        return ID_SIZE
    }
  }
  for (let changed = true; changed; ) {
    changed = false
    const smallest = new Map<string, number>()
    for (const { kind, tlName, params, ...rest } of combinators) {
      if (kind !== 'constructor') continue
      const body = params.reduce((sum, param) => sum + (param.flag === undefined ? sizeOf(param.type) : 0), 0)
      if ((bodies.get(tlName) ?? Infinity) !== body) changed = true
      bodies.set(tlName, body)
      const { type } = rest as { type: string }
      smallest.set(type, Math.min(smallest.get(type) ?? Infinity, body + ID_SIZE))
    }
    for (const [type, size] of smallest) {
      if ((types.get(type) ?? Infinity) !== size) changed = true
      types.set(type, size)
    }
  }
  return sizeOf
}
