import { StructureKind, VariableDeclarationKind } from './kinds.js'
import type { StatementStructures, TypeAliasDeclarationStructure } from 'ts-morph'
import { ENTITY_TYPES } from '../modules/entity-like.js'
import { errorType } from '../modules/error-types.js'
import type { ModulePlan } from '../modules/plan.js'
import { typeName } from './context.js'
import type { FileContext } from './context.js'
import { GENERAL_ERRORS_FILE } from './class.js'
import { Imports } from './imports.js'
import { union } from './layout.js'
import { ENTITY_LIKE_FILE } from './types.js'

export const ALIASES_FILE = 'aliases.ts'
export const LAYER_FILE = 'layer.ts'

/** Names and ids, entities and peers: what a client turns into the peer that a request needs. */
export function entityLikeStatements(plan: ModulePlan): StatementStructures[] {
  const context = fileContext(plan, ENTITY_LIKE_FILE, ['TypeEntityLike'])
  const types = ENTITY_TYPES.filter((type) => plan.typePath.has(type)).map((type) => typeName(context, type))
  const members = ['string', context.imports.runtime('LongLike', 'type'), ...types]
  const comment = [
    'What stands for a user, chat or channel where a request needs one: a username, phone number, link or `me`; an id,',
    'marked or not; any entity or peer. `client.invoke` resolves it; `getBytes()` alone takes TL input peers only.',
  ]
  return [...context.imports.structures(), alias('TypeEntityLike', union(members, 'export type TypeEntityLike = '.length), comment)]
}

/** Types of the errors that any call can raise. */
export function generalErrorStatements(plan: ModulePlan): StatementStructures[] {
  const types = [...new Set(plan.generalErrors.map(errorType))]
  return [alias('GeneralError', union(types, 'export type GeneralError = '.length), ['Types of the errors that any method can raise.'])]
}

/** The names that existing code uses for TL's own types. */
export function aliasStatements(plan: ModulePlan): StatementStructures[] {
  const { imports } = fileContext(plan, ALIASES_FILE, [])
  const long = plan.options.long === 'bigint' ? 'bigint' : imports.runtime('BigInteger', 'type')
  const aliases = [
    alias('AnyRequest', `${imports.runtime('TlRequest', 'type')}<unknown, string>`, ['Any method call.']),
    alias('AnyObject', imports.runtime('TlObject', 'type'), ['Any constructor or method call.']),
    alias('int', 'number', ['A signed 32-bit number.']),
    alias('double', 'number', ['A 64-bit floating-point number.']),
    alias('long', long, ['A signed 64-bit number, as it is read.']),
    alias('int128', long, ['A signed 128-bit number, as it is read.']),
    alias('int256', long, ['A signed 256-bit number, as it is read.']),
    alias('bytes', imports.runtime('Bytes', 'type'), ['A string of bytes.']),
    alias('Bool', 'boolean', ['A boxed boolean.']),
    alias('X', 'unknown', ['What a wrapped query answers.']),
  ]
  return [...imports.structures(), ...aliases]
}

/** The layer as a number that code can use. */
export function layerStatements(plan: ModulePlan): StatementStructures[] {
  return [
    {
      kind: StructureKind.VariableStatement,
      isExported: true,
      declarationKind: VariableDeclarationKind.Const,
      docs: [{ description: '\nThe API layer that this code speaks.' }],
      declarations: [{ name: 'LAYER', initializer: String(plan.layer) }],
    },
  ]
}

/** The files that belong to no one type or method, by path. */
export function sharedFiles(plan: ModulePlan): ReadonlyMap<string, StatementStructures[]> {
  const files = new Map<string, StatementStructures[]>()
  if (plan.layer === undefined) return files
  if (plan.options.entityLike) files.set(ENTITY_LIKE_FILE, entityLikeStatements(plan))
  if (plan.generalErrors.length > 0) files.set(GENERAL_ERRORS_FILE, generalErrorStatements(plan))
  files.set(ALIASES_FILE, aliasStatements(plan))
  files.set(LAYER_FILE, layerStatements(plan))
  return files
}

function fileContext(plan: ModulePlan, path: string, own: readonly string[]): FileContext {
  return { plan, imports: new Imports(path, plan.options.runtime, own) }
}

function alias(name: string, type: string, comment: readonly string[]): TypeAliasDeclarationStructure {
  return { kind: StructureKind.TypeAlias, isExported: true, name, type, docs: [{ description: `\n${comment.join('\n')}` }] }
}
