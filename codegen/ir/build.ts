import { definitionsOf, layerOf } from '../text/ast.js'
import type { SchemaAst } from '../text/ast.js'
import { crc32 } from '../text/crc32.js'
import type { DiagnosticList } from '../text/diagnostic.js'
import { printDefinition, printType } from '../text/printer.js'
import { ANY_OBJECT, isBuiltin } from './builtin.js'
import { reportCollisions } from './collisions.js'
import { declare, numbered } from './declared.js'
import type { CrcPolicy, Declared } from './declared.js'
import { errorFacts, methodFacts } from './error-table.js'
import type { ErrorTable } from './error-table.js'
import { deepFreeze } from './freeze.js'
import { groupTypes, typeDependencies } from './groups.js'
import type { BoxedType, Combinator, Constructor, Schema } from './ir.js'
import { className, qualify, splitName, typeIdentifier } from './names.js'
import { resolveParams } from './resolve-params.js'
import { TypeResolver } from './resolve-type.js'

export interface BuildOptions {
  readonly layer: number | undefined
  readonly errors: ErrorTable
  readonly crc: CrcPolicy
}

/** ASTs to IR: numbers are checked, names resolved, flags grouped. Damaged definitions are reported and left out. */
export function buildSchema(asts: readonly SchemaAst[], options: BuildOptions, diagnostics: DiagnosticList): Schema {
  const all: Declared[] = []
  for (const ast of asts) {
    for (const node of definitionsOf(ast)) {
      const declared = numbered(node, ast.source, options.crc, diagnostics)
      if (!isBuiltin(node)) all.push(declared)
    }
  }
  const scope = declare(all, options.crc, diagnostics)
  const resolver = new TypeResolver(scope, diagnostics)
  const combinators: Combinator[] = []
  for (const declared of [...scope.constructors.values(), ...scope.methods.values()]) {
    const combinator = buildCombinator(declared, resolver, options.errors, diagnostics)
    if (combinator !== undefined) combinators.push(combinator)
  }
  const types = [...scope.types].map(([name, members]) => boxedType(name, members.map(({ node }) => node.name.text)))
  reportCollisions([...scope.constructors.values(), ...scope.methods.values()], types, diagnostics)
  const layer = options.layer ?? asts.map(layerOf).find((found) => found !== undefined)
  return deepFreeze(assembleSchema({ layer, combinators, types, errors: errorFacts(options.errors) }))
}

/** Computes the parts of a schema that follow from the others: groups and namespaces. */
export function assembleSchema(parts: Pick<Schema, 'layer' | 'combinators' | 'types' | 'errors'>): Schema {
  const { combinators, types } = parts
  const constructors = combinators.filter((combinator): combinator is Constructor => combinator.kind === 'constructor')
  const groups = groupTypes(types.map((type) => type.tlName), typeDependencies(constructors))
  const namespaces = new Set(['', ...[...types, ...combinators].map(({ namespace }) => namespace)])
  return { ...parts, groups, namespaces: [...namespaces].sort() }
}

function buildCombinator(
  { node, source, id, crcVerified }: Declared,
  resolver: TypeResolver,
  errors: ErrorTable,
  diagnostics: DiagnosticList,
): Combinator | undefined {
  const tlName = node.name.text
  const { namespace } = splitName(tlName)
  const { params, flagWords } = resolveParams(node, source, resolver, diagnostics)
  const result = resolver.resolve(node.result, node, source)
  if (result === undefined) return undefined
  const base = {
    tlName,
    namespace,
    className: className(tlName),
    qualifiedName: qualify(namespace, className(tlName)),
    id,
    crcVerified,
    subclassId: crc32(printType(node.result)),
    params,
    flagWords,
    result,
    line: printDefinition(node, id),
  }
  if (node.section === 'functions') {
    const generics = node.generics.map((variable) => variable.text)
    return { kind: 'method', ...base, generics, ...methodFacts(errors, tlName) }
  }
  if (result.kind === 'boxed') return { kind: 'constructor', ...base, type: result.type }
  if (result.kind === 'object') return { kind: 'constructor', ...base, type: ANY_OBJECT }
  const message = `a constructor belongs to a boxed type, and '${printType(node.result)}' is none`
  diagnostics.add('wrong-type-use', source, node.result.span, message)
  return undefined
}

function boxedType(tlName: string, constructors: readonly string[]): BoxedType {
  const { namespace } = splitName(tlName)
  const identifier = typeIdentifier(tlName)
  const qualifiedName = qualify(namespace, identifier)
  return { tlName, namespace, identifier, qualifiedName, subclassId: crc32(tlName), constructors }
}
