import type { StatementStructures } from 'ts-morph'
import { indexPath } from '../modules/file-names.js'
import type { ModulePlan } from '../modules/plan.js'
import { indexStatements } from './index-file.js'
import type { Neighbour } from './index-file.js'
import { methodFileStatements } from './method-file.js'
import { printFiles } from './print.js'
import { registryFiles, tableFiles } from './registry-file.js'
import { sharedFiles } from './shared-files.js'
import { typeFileStatements } from './type-file.js'

/** The text of every file of a module plan, by path relative to the output folder. */
export function emitModules(plan: ModulePlan, neighbour?: Neighbour): ReadonlyMap<string, string> {
  const files = new Map<string, StatementStructures[]>()
  for (const file of plan.typeFiles) files.set(file.path, typeFileStatements(plan, file))
  for (const file of plan.methodFiles) files.set(file.path, methodFileStatements(plan, file))
  for (const [path, statements] of sharedFiles(plan)) files.set(path, statements)
  for (const namespace of plan.namespaces) {
    for (const [path, statements] of tableFiles(plan, namespace)) files.set(path, statements)
    files.set(indexPath(namespace), indexStatements(plan, namespace, namespace === '' ? neighbour : undefined))
  }
  for (const [path, statements] of registryFiles(plan, new Set(files.keys()))) files.set(path, statements)
  return printFiles(files, plan.options.provenance)
}
