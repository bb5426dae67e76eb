import { StructureKind } from './kinds.js'
import type {
  ExportDeclarationStructure,
  FunctionDeclarationStructure,
  StatementStructures,
} from 'ts-morph'
import type { Method } from '../ir/ir.js'
import { pascalCase } from '../ir/names.js'
import type { ModulePlan } from '../modules/plan.js'
import { bodyReader, className } from './context.js'
import type { FileContext } from './context.js'
import { Imports } from './imports.js'
import { itemReader, readExpression } from './read-body.js'

/**
 * What each namespace adds to the registry: three tables in files of their own, so that a client that reads no requests
 * carries no readers of them.
 */
const TABLES = {
  constructors: { type: 'ReadFields', about: 'Readers of the fields of each constructor.' },
  results: { type: 'ReadResult', about: 'Readers of the answer to each method.' },
  requests: { type: 'ReadRequest', about: 'Readers of the arguments of each method.' },
} as const
type TableName = keyof typeof TABLES

const tablePath = (namespace: string, table: TableName): string =>
  `${namespace === '' ? '' : `${namespace}/`}registry/${table}.ts`
/** `addMessagesResults` */
const tableFunction = (namespace: string, table: TableName): string =>
  `add${namespace === '' ? 'Root' : pascalCase(namespace)}${pascalCase(table)}`

/** The table files of one namespace, by path; a table without entries has no file. */
export function tableFiles(plan: ModulePlan, namespace: string): Map<string, StatementStructures[]> {
  const files = new Map<string, StatementStructures[]>()
  const constructors = [...plan.constructors.values()].filter((each) => each.namespace === namespace)
  const methods = plan.methodFiles.filter(({ method }) => method.namespace === namespace)
  if (constructors.length > 0) {
    const context = fileContext(plan, tablePath(namespace, 'constructors'))
    const entries = constructors.map((each) => entry(className(context, each, 'value'), bodyReader(context, each)))
    files.set(tablePath(namespace, 'constructors'), tableStatements(context, namespace, 'constructors', entries))
  }
  if (methods.length > 0) {
    const results = fileContext(plan, tablePath(namespace, 'results'))
    const resultEntries = methods
      .filter(({ method }) => method.result.kind !== 'generic')
      .map(({ path, method }) => entry(methodClass(results, path, method), resultReader(results, method)))
    if (resultEntries.length > 0) files.set(tablePath(namespace, 'results'), tableStatements(results, namespace, 'results', resultEntries))
    const requests = fileContext(plan, tablePath(namespace, 'requests'))
    const entries = methods.map(({ path, method }) =>
      entry(methodClass(requests, path, method), requests.imports.generated(path, `read${method.className}`, '', 'value')),
    )
    files.set(tablePath(namespace, 'requests'), tableStatements(requests, namespace, 'requests', entries))
  }
  return files
}

const entry = (className: string, reader: string): string => `add(${className}, ${reader})`

const methodClass = ({ imports }: FileContext, path: string, method: Method): string =>
  imports.generated(path, method.className, '', 'value')

function resultReader(context: FileContext, { result }: Method): string {
  if (result.kind === 'vector') return `(r) => ${readExpression(context, result)}`
  return itemReader(context, result)
}

function tableStatements(context: FileContext, namespace: string, table: TableName, entries: readonly string[]): StatementStructures[] {
  const { imports } = context
  const { type, about } = TABLES[table]
  const statement: FunctionDeclarationStructure = {
    kind: StructureKind.Function,
    isExported: true,
    name: tableFunction(namespace, table),
    docs: [{ description: `\n${about}` }],
    parameters: [{ name: 'add', type: `(of: ${imports.runtime('TlClass', 'type')}, read: ${imports.runtime(type, 'type')}) => void` }],
    returnType: 'void',
    statements: [...entries],
  }
  return [...imports.structures(), statement]
}

/** The registry of a schema, by path: `registry.ts` for clients, `read-request.ts` for servers, and `decode.ts`. */
export function registryFiles(plan: ModulePlan, files: ReadonlySet<string>): Map<string, StatementStructures[]> {
  return new Map([
    ['registry.ts', registryStatements(plan, files)],
    ['read-request.ts', readRequestStatements(plan, files)],
    ['decode.ts', decodeStatements(plan)],
  ])
}

function registryStatements(plan: ModulePlan, files: ReadonlySet<string>): StatementStructures[] {
  const context = fileContext(plan, 'registry.ts')
  const { imports } = context
  const reader = imports.runtime('Reader', 'type')
  const constructors = tables(context, 'constructors', files)
  const results = tables(context, 'results', files)
  const code = [
    `const objects = new ${imports.runtime('ObjectRegistry')}('${schemaName(plan)}', ${constructors})`,
    `const results = new ${imports.runtime('ResultRegistry')}(${results})`,
    `${imports.runtime('installReadHooks')}({`,
    '  fields: (of) => objects.find(of),',
    '  answer: (request) => results.find(request),',
    '})',
  ]
  const functions: FunctionDeclarationStructure[] = [
    {
      kind: StructureKind.Function,
      isExported: true,
      name: 'readObject',
      docs: [{ description: `\nReads one object of any type of ${schemaName(plan)}, by its id.\n@throws {TlDecodeError} when the bytes do not fit` }],
      parameters: [{ name: 'r', type: reader }],
      returnType: imports.runtime('TlObject', 'type'),
      statements: ['return objects.read(r)'],
    },
    {
      kind: StructureKind.Function,
      isExported: true,
      name: 'readResult',
      docs: [{ description: '\nReads the answer to `request`, as the type that the method says; a wrapper answers what the call inside it does.\n@throws {TlDecodeError} when the bytes do not fit' }],
      typeParameters: ['Result'],
      parameters: [
        { name: 'request', type: `${imports.runtime('TlRequest', 'type')}<Result>` },
        { name: 'r', type: reader },
      ],
      returnType: 'Result',
      statements: ['return results.read(request, r)'],
    },
  ]
  const passedOn: ExportDeclarationStructure[] = [
    { kind: StructureKind.ExportDeclaration, moduleSpecifier: './read-request.js', namedExports: ['readRequest'] },
  ]
  if (plan.layer !== undefined) {
    passedOn.push({ kind: StructureKind.ExportDeclaration, moduleSpecifier: './layer.js', namedExports: ['LAYER'] })
  }
  return [...imports.structures(), ...passedOn, code.join('\n'), ...functions] as StatementStructures[]
}

function readRequestStatements(plan: ModulePlan, files: ReadonlySet<string>): StatementStructures[] {
  const context = fileContext(plan, 'read-request.ts')
  const { imports } = context
  const requests = tables(context, 'requests', files)
  // Pure, so that a bundle in which nobody reads requests carries none of their readers.
  const code = `const requests = /* @__PURE__ */ new ${imports.runtime('RequestRegistry')}('${schemaName(plan)}', ${requests})`
  const read: FunctionDeclarationStructure = {
    kind: StructureKind.Function,
    isExported: true,
    name: 'readRequest',
    docs: [{ description: '\nReads one method call, with the calls that it wraps.\n@throws {TlDecodeError} when the bytes do not fit' }],
    parameters: [{ name: 'r', type: imports.runtime('Reader', 'type') }],
    returnType: imports.runtime('TlRequest', 'type'),
    statements: ['return requests.read(r)'],
  }
  return [...imports.structures(), code, read] as StatementStructures[]
}

/** The shortest way from bytes to an object. */
function decodeStatements(plan: ModulePlan): StatementStructures[] {
  const { imports } = fileContext(plan, 'decode.ts')
  const decode: FunctionDeclarationStructure = {
    kind: StructureKind.Function,
    isExported: true,
    name: 'decode',
    docs: [
      {
        description: `\nThe one boxed object that \`bytes\` are, of any type of ${schemaName(plan)}.\n@throws {TlDecodeError} when they are anything else, or more than that`,
      },
    ],
    parameters: [{ name: 'bytes', type: 'Uint8Array' }],
    returnType: imports.runtime('TlObject', 'type'),
    statements: [
      `const reader = new ${imports.runtime('Reader')}(bytes)`,
      `const object = ${imports.generated('registry.ts', 'readObject', '', 'value')}(reader)`,
      'reader.finish()',
      'return object',
    ],
  }
  return [...imports.structures(), decode]
}

/** What messages of the generated code call the schema. */
export function schemaName({ layer, types }: ModulePlan): string {
  if (layer !== undefined) return `layer ${layer}`
  return types.has('ResPQ') ? 'the MTProto schema' : 'the schema'
}

/** An array of the tables of all namespaces. */
function tables({ plan, imports }: FileContext, table: TableName, files: ReadonlySet<string>): string {
  const names = plan.namespaces
    .filter((namespace) => files.has(tablePath(namespace, table)))
    .map((namespace) => imports.generated(tablePath(namespace, table), tableFunction(namespace, table), '', 'value'))
  return names.length <= 2 ? `[${names.join(', ')}]` : `[\n${names.map((name) => `  ${name},\n`).join('')}]`
}

function fileContext(plan: ModulePlan, path: string): FileContext {
  return { plan, imports: new Imports(path, plan.options.runtime, []) }
}
