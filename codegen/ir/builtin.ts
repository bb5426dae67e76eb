import type { DefinitionNode } from '../text/ast.js'
import type { PrimitiveName } from './ir.js'

export const PRIMITIVES: ReadonlySet<string> = new Set<PrimitiveName>([
  'int',
  'long',
  'double',
  'string',
  'bytes',
  'int128',
  'int256',
  'Bool',
  'true',
])

export const isPrimitive = (name: string): name is PrimitiveName => PRIMITIVES.has(name)

/** Definitions that texts carry for completeness' sake, such as `int ? = Int;`: the codec knows them itself. */
const BUILTIN_DEFINITIONS = new Set([
  'int',
  'long',
  'double',
  'string',
  'bytes',
  'int128',
  'int256',
  'vector',
  'boolFalse',
  'boolTrue',
  'true',
])

export const isBuiltin = (definition: DefinitionNode): boolean => BUILTIN_DEFINITIONS.has(definition.name.text)

/** Stands for any boxed object; it has no constructors of its own. */
export const ANY_OBJECT = 'Object'
