import { StructureKind } from './kinds.js'
import type { FunctionDeclarationStructure, StatementStructures, TypeAliasDeclarationStructure } from 'ts-morph'
import type { ModulePlan, PlannedType, TypeFile } from '../modules/plan.js'
import { bodyReaderStructure, classStructure } from './class.js'
import type { FileContext } from './context.js'
import { typeComment } from './doc-comment.js'
import { Imports } from './imports.js'
import { union } from './layout.js'
import { hex } from './write-body.js'

/** A boxed type: its union, its classes, and the functions that read them. */
export function typeFileStatements(plan: ModulePlan, file: TypeFile): StatementStructures[] {
  const own = file.types.flatMap(({ type, constructors }) => [
    type.identifier,
    `read${type.identifier}`,
    ...constructors.flatMap(({ className }) => [className, `read${className}`]),
  ])
  const context: FileContext = { plan, imports: new Imports(file.path, plan.options.runtime, own) }
  const statements: StatementStructures[] = []
  for (const planned of file.types) {
    statements.push(unionStructure(planned, plan.layer))
    for (const constructor of planned.constructors) statements.push(classStructure(context, constructor))
    statements.push(typeReaderStructure(context, planned))
    for (const constructor of planned.constructors) statements.push(bodyReaderStructure(context, constructor))
  }
  return [...context.imports.structures(), ...statements]
}

function unionStructure({ type, constructors }: PlannedType, layer: number | undefined): TypeAliasDeclarationStructure {
  const members = constructors.map(({ className }) => className)
  return {
    kind: StructureKind.TypeAlias,
    isExported: true,
    name: type.identifier,
    type: union(members, `export type ${type.identifier} = `.length),
    docs: [{ description: `\n${typeComment(type.tlName, layer).join('\n')}` }],
  }
}

/** One switch over the type's own constructors: an id of another type is refused. */
function typeReaderStructure({ imports }: FileContext, { type, constructors }: PlannedType): FunctionDeclarationStructure {
  const call = (constructor: (typeof constructors)[number]): string =>
    `read${constructor.className}(${constructor.params.length === 0 ? '' : 'r'})`
  const [only] = constructors
  const statements =
    constructors.length === 1
      ? [`r.expect(${hex(only!.id)}, '${type.tlName}')`, `return ${call(only!)}`]
      : [
          'const id = r.uint()',
          'switch (id) {',
          ...constructors.flatMap((each) => [`  case ${hex(each.id)}:`, `    return ${call(each)}`]),
          '  default:',
          `    return r.unknown(id, '${type.tlName}')`,
          '}',
        ]
  return {
    kind: StructureKind.Function,
    isExported: true,
    name: `read${type.identifier}`,
    parameters: [{ name: 'r', type: imports.runtime('Reader', 'type') }],
    returnType: type.identifier,
    statements,
  }
}
