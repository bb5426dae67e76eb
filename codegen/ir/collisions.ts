import type { NameNode } from '../text/ast.js'
import type { DiagnosticList } from '../text/diagnostic.js'
import type { Declared } from './declared.js'
import type { BoxedType } from './ir.js'
import { camelCase, className, qualify, splitName } from './names.js'

/** Members that every generated object has; a field of that name would hide them. */
const RESERVED_FIELDS = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'CONSTRUCTOR_ID',
  'SUBCLASS_OF_ID',
  'className',
  'classType',
  'getBytes',
  'prototype',
  'readResult',
  'toJSON',
  'write',
  'writeFields',
])

/** Two TL names that become one TypeScript name, and fields that would hide what every object has. */
export function reportCollisions(
  all: readonly Declared[],
  types: readonly BoxedType[],
  diagnostics: DiagnosticList,
): void {
  const taken = new Map<string, string>(types.map((type) => [type.qualifiedName, `type '${type.tlName}'`]))
  for (const type of types) {
    const owner = taken.get(type.qualifiedName)
    if (owner === `type '${type.tlName}'`) continue
    const declared = all.find(({ node }) => node.name.text === type.constructors[0])
    if (declared === undefined) continue
    const message = `type '${type.tlName}' and ${owner} both become '${type.qualifiedName}' in TypeScript`
    diagnostics.add('name-collision', declared.source, declared.node.result.span, message)
  }
  for (const { node, source } of all) {
    const { text, span } = node.name
    const identifier = qualify(splitName(text).namespace, className(text))
    const self = `${node.section === 'types' ? 'constructor' : 'method'} '${text}'`
    const owner = taken.get(identifier)
    if (owner === undefined) {
      taken.set(identifier, self)
    } else if (owner !== self) {
      diagnostics.add('name-collision', source, span, `${self} and ${owner} both become '${identifier}' in TypeScript`)
    }
    reportFieldCollisions({ node, source }, diagnostics)
  }
  reportNamespaceCollisions(all, taken, diagnostics)
}

/** A namespace stands among the names of the root, and is a folder, which may be on a file system that ignores case. */
function reportNamespaceCollisions(
  all: readonly Declared[],
  taken: ReadonlyMap<string, string>,
  diagnostics: DiagnosticList,
): void {
  const folders = new Map<string, string>()
  const reported = new Set<string>()
  for (const { node, source } of all) {
    for (const { text, span } of [node.name, ...namedResult(node)]) {
      const { namespace } = splitName(text)
      if (namespace === '' || reported.has(namespace)) continue
      const owner = taken.get(namespace)
      const twin = folders.get(namespace.toLowerCase())
      if (twin === undefined) folders.set(namespace.toLowerCase(), namespace)
      const isTwin = twin !== undefined && twin !== namespace
      if (owner === undefined && !isTwin) continue
      reported.add(namespace)
      const message = isTwin
        ? `namespaces '${twin}' and '${namespace}' differ in case alone, and become one folder where case is ignored`
        : `namespace '${namespace}' and ${owner} both become '${namespace}' in TypeScript`
      diagnostics.add('name-collision', source, span, message)
    }
  }
}

const namedResult = ({ result }: Declared['node']): NameNode[] =>
  result.kind === 'name' ? [{ text: result.name, span: result.span }] : []

function reportFieldCollisions({ node, source }: Pick<Declared, 'node' | 'source'>, diagnostics: DiagnosticList): void {
  const taken = new Map<string, string>()
  for (const param of node.params) {
    if (param.kind !== 'field') continue
    const { text, span } = param.name
    const name = camelCase(text)
    const owner = taken.get(name)
    if (owner === undefined) taken.set(name, text)
    else if (owner !== text) {
      const message = `fields '${owner}' and '${text}' both become '${name}' in TypeScript`
      diagnostics.add('name-collision', source, span, message)
    }
    if (RESERVED_FIELDS.has(name)) {
      const message = `a field '${name}' would hide the member of that name that every object has`
      diagnostics.add('reserved-name', source, span, message)
    }
  }
}
