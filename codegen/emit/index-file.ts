import { posix } from 'node:path'
import { StructureKind } from './kinds.js'
import type { ExportDeclarationStructure, StatementStructures } from 'ts-morph'
import type { ModulePlan } from '../modules/plan.js'
import { GENERAL_ERRORS_FILE } from './class.js'
import { ALIASES_FILE, LAYER_FILE } from './shared-files.js'
import { ENTITY_LIKE_FILE } from './types.js'

/** Names that another generated API adds to the root: MTProto's own classes, which existing code finds beside the rest. */
export interface Neighbour {
  /** Its folder, seen from the root of this output. */
  readonly folder: string
  readonly plan: ModulePlan
}

/** They make room for a definition of the same name. */
const ALIASES = ['AnyObject', 'AnyRequest', 'Bool', 'X', 'bytes', 'double', 'int', 'int128', 'int256', 'long']

/** The public face of one namespace: its classes and unions, without the readers. */
export function indexStatements(plan: ModulePlan, namespace: string, neighbour?: Neighbour): StatementStructures[] {
  const folder = namespace === '' ? '.' : namespace
  const exports: ExportDeclarationStructure[] = []
  const taken = new Set<string>()
  const add = (path: string, values: readonly string[], types: readonly string[]): void => {
    const relative = posix.relative(folder, path)
    const moduleSpecifier = (relative.startsWith('.') ? relative : `./${relative}`).replace(/\.ts$/, '.js')
    for (const name of [...values, ...types]) taken.add(name)
    if (values.length > 0) exports.push(exportFrom(moduleSpecifier, values, false))
    if (types.length > 0) exports.push(exportFrom(moduleSpecifier, types, true))
  }
  for (const { path, types } of plan.typeFiles) {
    const own = types.filter(({ type }) => type.namespace === namespace)
    const classes = types.flatMap(({ constructors }) => constructors).filter((each) => each.namespace === namespace)
    add(path, classes.map(({ className }) => className), own.map(({ type }) => type.identifier))
  }
  for (const { path, method } of plan.methodFiles) if (method.namespace === namespace) add(path, [method.className], [])
  if (namespace !== '') return exports
  if (plan.layer !== undefined) {
    if (plan.options.entityLike) add(ENTITY_LIKE_FILE, [], ['TypeEntityLike'])
    if (plan.generalErrors.length > 0) add(GENERAL_ERRORS_FILE, [], ['GeneralError'])
    add(ALIASES_FILE, [], ALIASES.filter((name) => !taken.has(name)))
    add(LAYER_FILE, ['LAYER'].filter((name) => !taken.has(name)), [])
  }
  if (neighbour !== undefined) exports.push(...neighbourExports(neighbour, taken))
  for (const name of plan.namespaces.filter((each) => each !== '')) {
    exports.push({ kind: StructureKind.ExportDeclaration, moduleSpecifier: `./${name}/index.js`, namespaceExport: name })
  }
  return exports
}

function exportFrom(moduleSpecifier: string, names: readonly string[], isTypeOnly: boolean): ExportDeclarationStructure {
  return { kind: StructureKind.ExportDeclaration, moduleSpecifier, isTypeOnly, namedExports: [...names].sort() }
}

/** Everything of the neighbour whose name is still free. */
function neighbourExports({ folder, plan }: Neighbour, taken: ReadonlySet<string>): ExportDeclarationStructure[] {
  const free = (name: string): boolean => !taken.has(name)
  const classes = [
    ...plan.typeFiles.flatMap(({ types }) => types.flatMap(({ constructors }) => constructors)),
    ...plan.methodFiles.map(({ method }) => method),
  ]
  const unions = plan.typeFiles.flatMap(({ types }) => types.map(({ type }) => type.identifier))
  const moduleSpecifier = `${folder}/index.js`
  return [
    exportFrom(moduleSpecifier, classes.map(({ className }) => className).filter(free), false),
    exportFrom(moduleSpecifier, unions.filter(free), true),
  ]
}
