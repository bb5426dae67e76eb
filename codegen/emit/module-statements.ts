import type { StatementStructures } from 'ts-morph'
import { indexPath } from '../modules/file-names.js'
import type { ModulePlan } from '../modules/plan.js'
import { indexStatements } from './index-file.js'
import type { Neighbour } from './index-file.js'
import { lighten } from './lighten.js'
import { methodFileStatements } from './method-file.js'
import { registryFiles, tableFiles } from './registry-file.js'
import { sharedFiles } from './shared-files.js'
import { typeFileStatements } from './type-file.js'

/** A file before it is printed: its path, relative to the output folder, and its statements, which are plain data. */
export type FileStatements = readonly [path: string, statements: readonly StatementStructures[]]

/** Every file of a module plan, one after the other, so that the first can be printed while others are made. */
export function* moduleStatements(plan: ModulePlan, neighbour?: Neighbour): Generator<FileStatements> {
  const paths = new Set<string>()
  for (const [path, statements] of heavyStatements(plan, neighbour, paths)) {
    paths.add(path)
    yield [path, statements.map(lighten)]
  }
}

function* heavyStatements(plan: ModulePlan, neighbour: Neighbour | undefined, paths: ReadonlySet<string>): Generator<FileStatements> {
  for (const file of plan.typeFiles) yield [file.path, typeFileStatements(plan, file)]
  for (const file of plan.methodFiles) yield [file.path, methodFileStatements(plan, file)]
  yield* sharedFiles(plan)
  for (const namespace of plan.namespaces) {
    yield* tableFiles(plan, namespace)
    yield [indexPath(namespace), indexStatements(plan, namespace, namespace === '' ? neighbour : undefined)]
  }
  yield* registryFiles(plan, paths)
}
