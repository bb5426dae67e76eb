import { StructureKind } from 'ts-morph'
import type { ClassDeclarationStructure, OptionalKind, PropertyDeclarationStructure, StatementStructures } from 'ts-morph'

/**
 * The same statements with fewer parts. ts-morph makes a writer of its own for every type, initializer and description,
 * and making one costs more than writing a line; a text that is one line already needs none.
 */
export function lighten(statement: StatementStructures): StatementStructures {
  if (statement.kind === StructureKind.Class) return lightClass(statement)
  if (statement.kind !== StructureKind.TypeAlias || statement.docs === undefined) return statement
  return { ...statement, docs: statement.docs.map(lightDoc) }
}

function lightClass(structure: ClassDeclarationStructure): ClassDeclarationStructure {
  const { docs, properties } = structure
  return {
    ...structure,
    ...(docs !== undefined && { docs: docs.map(lightDoc) }),
    ...(properties !== undefined && { properties: properties.map(lightProperty) }),
  }
}

const lightDoc = <T>(doc: T): T | string => {
  const { description, tags } = doc as { description?: unknown; tags?: unknown }
  return typeof description === 'string' && tags === undefined ? description : doc
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
