import { StructureKind } from './kinds.js'
import type {
  ClassDeclarationStructure,
  FunctionDeclarationStructure,
  PropertyDeclarationStructure,
  TypeAliasDeclarationStructure,
} from 'ts-morph'
import type { Combinator, Method, Param } from '../ir/ir.js'
import { errorType } from '../modules/error-types.js'
import { isMoment } from '../modules/moments.js'
import { argumentsType, hasDefault } from './arguments-type.js'
import type { FileContext } from './context.js'
import type { Imports } from './imports.js'
import { classComment } from './doc-comment.js'
import { union } from './layout.js'
import { readStatements } from './read-body.js'
import { conversion, paramType, refType } from './types.js'
import type { Owner } from './types.js'
import { beginStatement, fieldStatements, hex, isTrue } from './write-body.js'

export const GENERAL_ERRORS_FILE = 'errors.ts'
const ERRORS_ALIAS = 'Errors'

/** The class of one constructor or method. */
export function classStructure(context: FileContext, combinator: Combinator): ClassDeclarationStructure {
  const { plan, imports } = context
  const owner = ownerOf(context, combinator)
  const fields = combinator.params.filter((param) => !param.isFlagWord)
  const isBare = plan.bare.has(combinator.tlName)
  const w = imports.runtime('Writer', 'type')
  const begin = beginStatement(context, combinator)
  const statements = fieldStatements(context, combinator)
  return {
    kind: StructureKind.Class,
    isExported: true,
    name: combinator.className,
    typeParameters: typeParameters(combinator),
    extends: superclass(context, combinator),
    docs: [{ description: `\n${classComment(combinator, plan.layer).join('\n')}` }],
    properties: [...statics(combinator), ...fields.map((param) => field(context, param, owner))],
    ctors: fields.length === 0 ? [] : [constructorOf(context, combinator, fields, owner)],
    methods: [
      {
        name: 'write',
        hasOverrideKeyword: true,
        parameters: [{ name: 'w', type: w }],
        returnType: 'void',
        statements: isBare ? [begin, 'this.writeFields(w)'] : [begin, ...statements],
      },
      ...(isBare
        ? [
            {
              name: 'writeFields',
              docs: [{ description: '\nThe fields without the id, for vectors of bare objects.' }],
              parameters: [{ name: 'w', type: w }],
              returnType: 'void',
              statements,
            },
          ]
        : []),
    ],
  }
}

/** The function that reads the fields of one constructor or method, behind its id. */
export function bodyReaderStructure(context: FileContext, combinator: Combinator): FunctionDeclarationStructure {
  const { imports } = context
  const generics = combinator.kind === 'method' ? combinator.generics : []
  const name = combinator.className
  const hasFields = combinator.params.some((param) => !param.isFlagWord)
  const reads = readStatements(context, combinator)
  const isEmpty = combinator.params.length === 0
  const reader = isEmpty && generics.length === 0 ? '' : imports.runtime('Reader', 'type')
  return {
    kind: StructureKind.Function,
    isExported: true,
    name: `read${name}`,
    parameters: [
      ...(isEmpty ? [] : [{ name: 'r', type: reader }]),
      ...(generics.length > 0 ? [{ name: 'readQuery', type: `(r: ${reader}) => ${imports.runtime('TlRequest', 'type')}` }] : []),
    ],
    returnType: generics.length > 0 ? `${name}<unknown>` : name,
    statements: hasFields
      ? [`const value = r.open(new ${name}(${imports.runtime('DECODED')}))`, ...reads, 'return r.close(value)']
      : [...reads, `return new ${name}()`],
  }
}

function ownerOf({ plan }: FileContext, combinator: Combinator): Owner {
  const outside = combinator.kind === 'method' || !plan.behindEntities.has(combinator.type)
  return { entityLike: plan.options.entityLike && outside }
}

function typeParameters(combinator: Combinator): string[] {
  if (combinator.kind !== 'method' || combinator.generics.length === 0) return []
  return [...combinator.generics.map((name) => `${name} = unknown`), 'Raises extends string = string']
}

function superclass(context: FileContext, combinator: Combinator): string {
  const { imports } = context
  if (combinator.kind === 'constructor') return imports.runtime('TlObject')
  const owner = { entityLike: false }
  const result = refType(context, combinator.result, owner, 'field')
  const base = `${imports.runtime('TlRequest')}<${result}`
  const errors = errorTypes(context, combinator)
  const [only] = errors
  return only === undefined ? `${base}, never>` : `${base}, ${errors.length === 1 ? only : combinator.generics.length > 0 ? `${ERRORS_ALIAS}<Raises>` : ERRORS_ALIAS}>`
}

/** The errors of a method, with a name of their own where there are several. */
export function errorsStructure(context: FileContext, method: Method): TypeAliasDeclarationStructure[] {
  const errors = errorTypes(context, method)
  if (errors.length < 2) return []
  const name = method.generics.length > 0 ? `${ERRORS_ALIAS}<Raises extends string>` : ERRORS_ALIAS
  return [{ kind: StructureKind.TypeAlias, name, type: union(errors, `type ${name} = `.length) }]
}

function errorTypes({ imports, plan }: FileContext, method: Method): string[] {
  const own = [...new Set(method.errors.map((error) => errorType(error.name)))]
  const general = plan.generalErrors.length === 0 ? [] : [imports.generated(GENERAL_ERRORS_FILE, 'GeneralError', '', 'type')]
  return [...own, ...general, ...(method.generics.length > 0 ? ['Raises'] : [])]
}

function statics(combinator: Combinator): PropertyDeclarationStructure[] {
  const { qualifiedName } = combinator
  const own = { kind: StructureKind.Property, isStatic: true, isReadonly: true } as const
  const narrowed = { kind: StructureKind.Property, hasDeclareKeyword: true, isReadonly: true } as const
  return [
    { ...own, name: 'CONSTRUCTOR_ID', initializer: hex(combinator.id) },
    { ...own, name: 'SUBCLASS_OF_ID', initializer: hex(combinator.subclassId) },
    { ...own, name: 'className', initializer: `'${qualifiedName}'` },
    ...(combinator.kind === 'method' && combinator.callableBy !== 'unknown'
      ? [{ ...own, name: 'callableBy', hasOverrideKeyword: true, initializer: `'${combinator.callableBy}'` }]
      : []),
    { ...narrowed, name: 'CONSTRUCTOR_ID', type: hex(combinator.id) },
    { ...narrowed, name: 'className', type: `'${qualifiedName}'` },
  ]
}

function field(context: FileContext, param: Param, owner: Owner): PropertyDeclarationStructure {
  const type = paramType(context, param, owner, 'field')
  const optional = param.flag !== undefined && !isTrue(param)
  return {
    kind: StructureKind.Property,
    hasDeclareKeyword: true,
    name: param.name,
    type: optional ? `${type} | undefined` : type,
  }
}

function constructorOf(
  context: FileContext,
  combinator: Combinator,
  fields: readonly Param[],
  owner: Owner,
): NonNullable<ClassDeclarationStructure['ctors']>[number] {
  const { imports } = context
  const { text, optional } = argumentsType(context, combinator, owner)
  return {
    parameters: [{ name: 'args', type: text, ...(optional && { initializer: '{}' }) }],
    statements: [
      'super()',
      `if (args === ${imports.runtime('DECODED')}) return`,
      // Existing code may set the fields afterwards; what is still missing then, the writer refuses with its path.
      ...(optional ? [] : ['args ??= {} as never']),
      ...fields.map((param) => `this.${param.name} = ${arrived(context, combinator, param)}`),
      `${imports.runtime('refuseUnknown')}(this, args)`,
    ],
  }
}

/** What a field becomes from its argument. */
function arrived({ imports, plan }: FileContext, combinator: Combinator, param: Param): string {
  const given = `args.${param.name}`
  if (isTrue(param)) return `${given} ?? false`
  if (isMoment(param)) return `${imports.runtime('seconds')}(${given})`
  const convert = conversion(plan.options, param.type)
  const value = randomDefault(imports, combinator, param, given)
  return convert === undefined ? value : `${imports.runtime(convert)}(${value})`
}

/** A random id that a request is not given is made up, so that a repetition can be told from a new call. */
function randomDefault(imports: Imports, combinator: Combinator, param: Param, given: string): string {
  if (!hasDefault(combinator, param)) return given
  if (param.type.kind === 'vector') return `${given} ?? ${imports.runtime('randomLongs')}(args.id)`
  return `${given} ?? ${imports.runtime('randomLong')}()`
}
