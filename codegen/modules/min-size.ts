import type { Combinator, Constructor, PrimitiveName, TypeRef } from '../ir/ir.js'

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
  const constructors = combinators.filter((each): each is Constructor => each.kind === 'constructor')
  for (let changed = true; changed; ) {
    changed = false
    for (const { tlName, type, params } of constructors) {
      const body = params.reduce((sum, param) => sum + (param.flag === undefined ? sizeOf(param.type) : 0), 0)
      if (body >= (bodies.get(tlName) ?? Infinity)) continue
      changed = true
      bodies.set(tlName, body)
      types.set(type, Math.min(types.get(type) ?? Infinity, body + ID_SIZE))
    }
    // Once from either end: a chain of types is settled in two rounds, whichever way it is written.
    constructors.reverse()
  }
  return sizeOf
}
