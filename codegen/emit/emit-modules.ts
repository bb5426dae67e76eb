import type { ModulePlan } from '../modules/plan.js'
import type { Neighbour } from './index-file.js'
import { moduleStatements } from './module-statements.js'
import { printFiles } from './print.js'

/** The text of every file of a module plan, by path relative to the output folder. */
export function emitModules(plan: ModulePlan, neighbour?: Neighbour): ReadonlyMap<string, string> {
  return printFiles(moduleStatements(plan, neighbour), plan.options.provenance)
}
