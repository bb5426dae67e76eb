import type { Constructor, TypeRef } from '../ir/ir.js'
import { pascalCase } from '../ir/names.js'
import type { ModulePlan } from '../modules/plan.js'
import type { Imports } from './imports.js'

/** What the writers of one file share. */
export interface FileContext {
  readonly plan: ModulePlan
  readonly imports: Imports
  /** For a build in which size matters more than speed: what a class says already is not said again. */
  readonly isTerse?: boolean
}

const prefixOf = (namespace: string): string => (namespace === '' ? 'Root' : pascalCase(namespace))

/** The union of a boxed type, imported where it is another file's. */
export function typeName({ plan, imports }: FileContext, tlName: string): string {
  const type = plan.types.get(tlName)!
  return imports.generated(plan.typePath.get(tlName)!, type.identifier, prefixOf(type.namespace), 'type')
}

/** The function that reads a boxed type with its constructor id. */
export function typeReader({ plan, imports }: FileContext, tlName: string): string {
  const type = plan.types.get(tlName)!
  return imports.generated(plan.typePath.get(tlName)!, `read${type.identifier}`, prefixOf(type.namespace), 'value')
}

/** The class of a constructor. */
export function className({ plan, imports }: FileContext, constructor: Constructor, use: 'value' | 'type'): string {
  const path = plan.typePath.get(constructor.type)!
  return imports.generated(path, constructor.className, prefixOf(constructor.namespace), use)
}

/** The function that reads the fields of a constructor, behind its id. */
export function bodyReader({ plan, imports }: FileContext, constructor: Constructor): string {
  const path = plan.typePath.get(constructor.type)!
  return imports.generated(path, `read${constructor.className}`, prefixOf(constructor.namespace), 'value')
}

/** The type that a vector, of vectors too, holds in the end. */
export function innermost(ref: TypeRef): TypeRef {
  return ref.kind === 'vector' ? innermost(ref.item) : ref
}
