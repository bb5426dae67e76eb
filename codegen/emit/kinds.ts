import type { StructureKind as Kind, VariableDeclarationKind as Declaration } from 'ts-morph'

/**
 * ts-morph's names for what is written, without ts-morph: it takes as long to load as a schema to compile, and only who
 * prints needs it. The numbers are its own, which the compiler sees to.
 */
export const StructureKind: {
  readonly Class: Kind.Class
  readonly ExportDeclaration: Kind.ExportDeclaration
  readonly Function: Kind.Function
  readonly ImportDeclaration: Kind.ImportDeclaration
  readonly Property: Kind.Property
  readonly TypeAlias: Kind.TypeAlias
  readonly VariableStatement: Kind.VariableStatement
} = {
  Class: 2,
  ExportDeclaration: 11,
  Function: 13,
  ImportDeclaration: 16,
  Property: 31,
  TypeAlias: 38,
  VariableStatement: 41,
}

export const VariableDeclarationKind: { readonly Const: Declaration.Const } = { Const: 'const' as Declaration.Const }
