import type { StatementStructures } from 'ts-morph'
import type { MethodFile, ModulePlan } from '../modules/plan.js'
import { bodyReaderStructure, classStructure, errorsStructure } from './class.js'
import type { FileContext } from './context.js'
import { Imports } from './imports.js'

/** A method: its class, and the function with which a server reads it. */
export function methodFileStatements(plan: ModulePlan, { path, method }: MethodFile): StatementStructures[] {
  const own = [method.className, `read${method.className}`, 'Errors']
  const context: FileContext = { plan, imports: new Imports(path, plan.options.runtime, own) }
  const statements = [
    ...errorsStructure(context, method),
    classStructure(context, method),
    bodyReaderStructure(context, method),
  ]
  return [...context.imports.structures(), ...statements]
}
