import { StructureKind } from './kinds.js'
import type {
  ClassDeclarationStructure,
  ExportSpecifierStructure,
  FunctionDeclarationStructure,
  ImportDeclarationStructure,
  ImportSpecifierStructure,
  OptionalKind,
  ParameterDeclarationStructure,
  PropertyDeclarationStructure,
  StatementStructures,
} from 'ts-morph'

/**
 * The same statements with fewer parts. ts-morph makes a writer of its own for every name that is imported or exported,
 * every type, initializer and description, and making one costs more than writing a line; a text that is one line
 * already needs none. Nor does it look anew at the end of what is written for each line of a body that comes as one text.
 */
export function lighten(statement: StatementStructures): StatementStructures {
  switch (statement.kind) {
    case StructureKind.Class:
      return lightClass(statement)
    case StructureKind.Function:
      return lightFunction(statement)
    case StructureKind.ImportDeclaration:
      return lightImport(statement)
    case StructureKind.ExportDeclaration:
      return { ...statement, ...(statement.namedExports && { namedExports: lightNames(statement.namedExports) }) }
    case StructureKind.TypeAlias:
      return statement.docs === undefined ? statement : { ...statement, docs: statement.docs.map(lightDoc) }
    default:
      return statement
  }
}

function lightClass(structure: ClassDeclarationStructure): ClassDeclarationStructure {
  const { docs, properties, ctors, methods } = structure
  return {
    ...structure,
    ...(docs !== undefined && { docs: docs.map(lightDoc) }),
    ...(properties !== undefined && { properties: properties.map(lightProperty) }),
    ...(ctors !== undefined && { ctors: ctors.map(lightBody) }),
    ...(methods !== undefined && { methods: methods.map(lightFunction) }),
  }
}

type Callable = Pick<FunctionDeclarationStructure, 'parameters' | 'statements'>

function lightFunction<Structure extends Callable>(structure: Structure): Structure {
  const { parameters } = structure
  const light = lightBody(structure)
  return parameters === undefined ? light : { ...light, parameters: parameters.map(lightParameter) }
}

/** All lines as one text. */
function lightBody<Structure extends Callable>(structure: Structure): Structure {
  const { statements } = structure
  if (!Array.isArray(statements) || !statements.every((each) => typeof each === 'string')) return structure
  return { ...structure, statements: statements.join('\n') }
}

const lightDoc = <T>(doc: T): T | string => {
  const { description, tags } = doc as { description?: unknown; tags?: unknown }
  return typeof description === 'string' && tags === undefined ? description : doc
}

type Named = OptionalKind<ImportSpecifierStructure> | OptionalKind<ExportSpecifierStructure> | string

/** `import { name, type name, name as alias } from`: what stands before `from` as one name. */
function lightImport(structure: ImportDeclarationStructure): ImportDeclarationStructure {
  const { namedImports, ...rest } = structure
  if (!Array.isArray(namedImports) || namedImports.length === 0 || rest.defaultImport !== undefined) return structure
  return { ...rest, defaultImport: `{ ${namesInBraces(namedImports as Named[])} }` }
}

/** All names of one module as one. */
function lightNames<Names>(names: Names): Names | string[] {
  return Array.isArray(names) && names.length > 0 ? [namesInBraces(names as Named[])] : names
}

const namesInBraces = (names: readonly Named[]): string => names.map(nameInBraces).join(', ')

function nameInBraces(named: Named): string {
  if (typeof named === 'string') return named
  const { name, alias, isTypeOnly } = named
  return `${isTypeOnly === true ? 'type ' : ''}${name}${alias === undefined ? '' : ` as ${alias}`}`
}

/** `name: type`. */
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
