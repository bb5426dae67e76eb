import type { Combinator, ErrorFact, Method, Schema, TypeRef } from '../ir/ir.js'
import { indexSchema, type SchemaIndex } from '../ir/lookup.js'
import type { Inline, Reference } from './model/inline.js'
import { isBuiltin } from './source/builtins.js'
import type { AdviceTable } from './source/advice.js'
import type { Descriptions } from './source/descriptions.js'
import type { Guides } from './source/guides.js'
import type { LayerHistory } from './source/layers.js'
import { parseRichText, type NameResolver } from './source/rich-text.js'

/** Everything that pages are made from: the schema, what is said about it, and who refers to whom. */
export interface Catalog {
  readonly index: SchemaIndex
  readonly layer: number
  readonly descriptions: Descriptions | undefined
  readonly guides: Guides
  readonly advice: AdviceTable
  readonly layers: LayerHistory | undefined
  /** Empty where no sentence is known. */
  describe(subject: Reference): readonly Inline[]
  describeParam(tlName: string, param: string): readonly Inline[]
  /** Methods whose result is this type or a vector of it. */
  returning(type: string): readonly Method[]
  /** Definitions that have this type among their fields, with the camel case names of those fields. */
  accepting(type: string): readonly Acceptance[]
  raising(error: string): readonly Method[]
}

export interface Acceptance {
  readonly combinator: Combinator
  readonly fields: readonly string[]
}

export interface CatalogInput {
  readonly schema: Schema
  readonly guides: Guides
  readonly advice: AdviceTable
  readonly descriptions?: Descriptions | undefined
  readonly layers?: LayerHistory | undefined
}

export function buildCatalog({ schema, guides, advice, descriptions, layers }: CatalogInput): Catalog {
  const index = indexSchema(schema)
  const names = resolver(index)
  const returning = new Map<string, Method[]>()
  const accepting = new Map<string, Acceptance[]>()
  const raising = new Map<string, Method[]>()
  for (const combinator of schema.combinators) {
    if (combinator.kind === 'method') {
      const result = typeName(combinator.result)
      if (result !== undefined) append(returning, result, combinator)
      for (const error of combinator.errors) append(raising, error.name, combinator)
    }
    for (const [type, fields] of fieldsByType(combinator)) append(accepting, type, { combinator, fields })
  }
  const rich = (html: string | undefined): readonly Inline[] => (html === undefined ? [] : parseRichText(html, names))
  return {
    index,
    layer: schema.layer ?? 0,
    descriptions,
    guides,
    advice,
    layers,
    describe: ({ kind, name }) => {
      if (kind === 'type') return rich(descriptions?.type(name))
      return rich(kind === 'error' ? descriptions?.error(name) : descriptions?.definition(name))
    },
    describeParam: (tlName, param) => rich(descriptions?.param(tlName, param)),
    returning: (type) => returning.get(type) ?? [],
    accepting: (type) => accepting.get(type) ?? [],
    raising: (error) => raising.get(error) ?? [],
  }
}

/** The boxed or built-in type at the heart of a reference: `Vector<InputUser>` is about `InputUser`. */
export function typeName(type: TypeRef): string | undefined {
  switch (type.kind) {
    case 'vector':
      return typeName(type.item)
    case 'boxed':
      return type.type
    case 'primitive':
      return type.name
    default:
      return undefined
  }
}

/** Where the page of a subject lies, from the root of the site and without an ending. */
export function pagePath({ kind, name }: Reference): string {
  return `${kind}/${name === '#' ? 'flags' : name.replaceAll('%d', 'X').replaceAll('%s', 'X')}`
}

export function errorTitle({ name, argument }: ErrorFact): string {
  return name.replace(/%[ds]/g, argument === undefined ? 'X' : `{${argument}}`)
}

/** The fields of each type, without built-in types: nearly everything has an `int`. */
function fieldsByType(combinator: Combinator): Map<string, string[]> {
  const result = new Map<string, string[]>()
  for (const { type, name } of combinator.params) {
    const key = type.kind === 'bare' ? undefined : typeName(type)
    if (key !== undefined && !isBuiltin(key)) append(result, key, name)
  }
  return result
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** `{@link messages.RawSendMessageRequest}` names a class, an address of core.telegram.org a TL name. */
function resolver(index: SchemaIndex): NameResolver {
  const classes = new Map<string, Reference>()
  for (const { qualifiedName, kind, tlName } of index.schema.combinators) {
    classes.set(`${kind} ${qualifiedName.toLowerCase()}`, { kind, name: tlName })
  }
  const types = new Map(index.schema.types.map(({ tlName }) => [tlName.toLowerCase(), tlName]))
  return {
    linked: (name) => {
      const [, namespace = '', prefix, rest = ''] = /^((?:\w+\.)?)(Raw|Type)(\w+)$/.exec(name) ?? []
      const plain = `${namespace}${rest}`.toLowerCase()
      if (prefix === 'Type') {
        const type = types.get(plain)
        return type === undefined ? undefined : { kind: 'type', name: type }
      }
      return classes.get(`constructor ${plain}`) ?? classes.get(`method ${plain.replace(/request$/, '')}`)
    },
    definition: (kind, tlName) => {
      if (kind === 'type') return index.types.has(tlName) || isBuiltin(tlName) ? { kind, name: tlName } : undefined
      const found = kind === 'method' ? index.methods.has(tlName) : index.constructors.has(tlName)
      return found ? { kind, name: tlName } : undefined
    },
  }
}
