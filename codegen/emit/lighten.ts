import { StructureKind } from './ts-morph.js'
import type {
  ClassDeclarationStructure,
  ExportSpecifierStructure,
  FunctionDeclarationStructure,
  ImportSpecifierStructure,
  OptionalKind,
  ParameterDeclarationStructure,
  PropertyDeclarationStructure,
  StatementStructures,
} from 'ts-morph'

/**
 * The same statements with fewer parts. ts-morph makes a writer of its own for every name that is imported or exported,
 * every type, initializer and description, and making one costs more than writing a line; a text that is one line
 * already needs none.
 */
export function lighten(statement: StatementStructures): StatementStructures {
  switch (statement.kind) {
    case StructureKind.Class:
      return lightClass(statement)
    case StructureKind.Function:
      return { ...statement, ...lightParameters(statement) }
    case StructureKind.ImportDeclaration:
      return { ...statement, ...(statement.namedImports && { namedImports: lightNames(statement.namedImports) }) }
    case StructureKind.ExportDeclaration:
      return { ...statement, ...(statement.namedExports && { namedExports: lightNames(statement.namedExports) }) }
    case StructureKind.TypeAlias:
      return statement.docs === undefined ? statement : { ...statement, docs: statement.docs.map(lightDoc) }
    default:
      return statement
  }
}

function lightClass(structure: ClassDeclarationStructure): ClassDeclarationStructure {
  const { docs, properties, methods } = structure
  return {
    ...structure,
    ...(docs !== undefined && { docs: docs.map(lightDoc) }),
    ...(properties !== undefined && { properties: properties.map(lightProperty) }),
    ...(methods !== undefined && { methods: methods.map((method) => ({ ...method, ...lightParameters(method) })) }),
  }
}

const lightDoc = <T>(doc: T): T | string => {
  const { description, tags } = doc as { description?: unknown; tags?: unknown }
  return typeof description === 'string' && tags === undefined ? description : doc
}

type Named = OptionalKind<ImportSpecifierStructure> | OptionalKind<ExportSpecifierStructure>

/** `name, type name, name as alias`: all names of one module as one. */
function lightNames<Names>(names: Names): Names | string[] {
  if (!Array.isArray(names) || names.length === 0) return names
  return [(names as (Named | string)[]).map(nameInBraces).join(', ')]
}

function nameInBraces(named: Named | string): string {
  if (typeof named === 'string') return named
  const { name, alias, isTypeOnly } = named
  return `${isTypeOnly === true ? 'type ' : ''}${name}${alias === undefined ? '' : ` as ${alias}`}`
}

/** `name: type`. */
function lightParameters({ parameters }: Pick<FunctionDeclarationStructure, 'parameters'>): Pick<FunctionDeclarationStructure, 'parameters'> {
  return parameters === undefined ? {} : { parameters: parameters.map(lightParameter) }
}

function lightParameter(parameter: OptionalKind<ParameterDeclarationStructure>): OptionalKind<ParameterDeclarationStructure> {
  const { name, type, initializer, ...rest } = parameter
  if (!isLine(type) || initializer !== undefined) return parameter
  return { ...rest, name: type === undefined ? name : `${name}: ${type}` }
}

/** `name: type`, `name = value`. */
function lightProperty(property: OptionalKind<PropertyDeclarationStructure>): OptionalKind<PropertyDeclarationStructure> {
  const { type, initializer, ...rest } = property
  if (!isLine(type) || !isLine(initializer)) return property
  const name = `${rest.name}${type === undefined ? '' : `: ${type}`}${initializer === undefined ? '' : ` = ${initializer}`}`
  return { ...rest, name }
}

const isLine = (text: unknown): text is string | undefined =>
  text === undefined || (typeof text === 'string' && !text.includes('\n'))
