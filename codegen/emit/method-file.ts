import { StructureKind } from './kinds.js'
import type { PropertyDeclarationStructure, StatementStructures } from 'ts-morph'
import type { Method, TypeRef } from '../ir/ir.js'
import type { MethodFile, ModulePlan } from '../modules/plan.js'
import { bodyReaderStructure, classStructure, errorsStructure } from './class.js'
import type { FileContext } from './context.js'
import { Imports } from './imports.js'

/**
 * A method: its class, and the function with which a server reads it. A terse class also says what the method answers, for
 * no table of answers is generated then.
 */
export function methodFileStatements(plan: ModulePlan, { path, method }: MethodFile, isTerse = false): StatementStructures[] {
  const own = [method.className, `read${method.className}`, 'Errors']
  const context: FileContext = { plan, imports: new Imports(path, plan.options.runtime, own), isTerse }
  const errors = errorsStructure(context, method)
  const structure = classStructure(context, method)
  const properties = [...(structure.properties ?? []), ...(isTerse ? answerProperty(plan, method) : [])]
  const reader = bodyReaderStructure(context, method)
  return [...context.imports.structures(), ...errors, { ...structure, properties }, reader]
}

/** `true` where the number of the answer's type, which every class states, is enough; nothing for a wrapper. */
function answerProperty(plan: ModulePlan, { result }: Method): PropertyDeclarationStructure[] {
  if (result.kind === 'generic') return []
  const isNumbered = result.kind === 'boxed' || (result.kind === 'primitive' && result.name === 'Bool')
  const initializer = isNumbered ? 'true' : answerText(plan, result)
  return [{ kind: StructureKind.Property, isStatic: true, isReadonly: true, name: 'answer', initializer }]
}

/** The type by its name, of a vector the items and their least size. */
function answerText(plan: ModulePlan, ref: TypeRef): string {
  if (ref.kind === 'vector') return `[${answerText(plan, ref.item)}, ${Math.max(1, plan.minSize(ref.item))}]`
  if (ref.kind === 'boxed') return `'${ref.type}'`
  if (ref.kind === 'primitive' && /^(?:Bool|int|long)$/.test(ref.name)) return `'${ref.name}'`
  throw new Error(`no described schema reads an answer of the kind ${ref.kind}`)
}
