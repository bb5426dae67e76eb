import type { Combinator, Param } from '../../ir/ir.js'
import { pagePath } from '../catalog.js'
import { encodeWithSpans, hex32, spanLength } from '../example/encode.js'
import { flagValue, type ExampleObject } from '../example/value.js'
import { addressesIn, code, joined, link, plainText, strong, text, type Inline, type Reference } from '../model/inline.js'
import { paragraph, type Block, type Cell, type Page, type Section } from '../model/page.js'
import { relatedPages } from '../source/guides.js'
import { historySentence } from '../source/layers.js'
import type { PageContext } from './context.js'
import { namespaceTrail } from './trail.js'
import { fieldTypeInlines } from './types.js'

export const CONDITIONAL_FIELDS = 'https://core.telegram.org/mtproto/TL-combinators#conditional-fields'
/** Linked from every page with flags; a fact about TL, not a page about the subject. */
const NOT_RELATED = 'https://core.telegram.org/mtproto/TL-combinators'

/** What Telegram says about a subject, or that it says nothing. */
export function descriptionBlocks({ catalog }: PageContext, subject: Reference): Block[] {
  const sentences = catalog.describe(subject)
  if (sentences.length > 0) return [paragraph(...sentences)]
  const { descriptions, layer } = catalog
  const reason =
    descriptions === undefined
      ? 'This page was built without the package that carries descriptions: structure, bytes and links are complete.'
      : `No description in layer ${layer}.`
  return [{ kind: 'note', content: [text(reason)] }]
}

/** All of a definition's page that stands above its sections. @param word what the definition is, as a title begins */
export function definitionHead(context: PageContext, combinator: Combinator, word: 'Constructor' | 'Method'): Omit<Page, 'sections'> {
  const { catalog } = context
  const { kind, tlName: name, qualifiedName, namespace } = combinator
  const subject: Reference = { kind, name }
  return {
    path: pagePath(subject),
    title: qualifiedName,
    kicker: word,
    summary: plainText(catalog.describe(subject)) || `The ${kind} ${name} of layer ${catalog.layer}.`,
    trail: namespaceTrail(namespace),
    lead: descriptionBlocks(context, subject),
  }
}

/** The same program in both languages. */
export function exampleSection(javascript: string, typescript: string): Section {
  const tabs = [
    { title: 'JavaScript', language: 'js', source: javascript },
    { title: 'TypeScript', language: 'ts', source: typescript },
  ] as const
  return { id: 'example', title: 'Example', blocks: [{ kind: 'tabs', tabs }] }
}

export function parameterSection(context: PageContext, combinator: Combinator, title: string): Section {
  const { params } = combinator
  if (params.length === 0) {
    const what = combinator.kind === 'method' ? 'method takes no parameters' : 'constructor has no fields'
    return { id: 'parameters', title, blocks: [paragraph(text(`This ${what}.`))] }
  }
  const rows = params.map((param) => [
    [strong(text(param.name))],
    fieldTypeInlines(param),
    describeParam(context, combinator, param),
  ])
  return { id: 'parameters', title, blocks: [describedTable(['Name', 'Type', 'Description'], rows)] }
}

function describeParam({ catalog }: PageContext, { tlName }: Combinator, param: Param): readonly Inline[] {
  if (catalog.descriptions === undefined) return []
  if (param.isFlagWord)
    return [text('Computed from the '), link(CONDITIONAL_FIELDS, 'conditional fields'), text('; never given.')]
  const sentences = catalog.describeParam(tlName, param.tlName)
  return sentences.length > 0 ? sentences : [text('—')]
}

/** A table whose last column holds sentences; without any of them the column goes. */
export function describedTable(head: readonly string[], rows: readonly (readonly Cell[])[]): Block {
  if (rows.some((row) => (row.at(-1)?.length ?? 0) > 0)) return { kind: 'table', head, rows }
  return { kind: 'table', head: head.slice(0, -1), rows: rows.map((row) => row.slice(0, -1)) }
}

/** Guide pages that the texts of this definition link to. Absent where there are none. */
export function relatedSection({ catalog }: PageContext, combinator: Combinator, kind: Reference['kind']): Section[] {
  const { tlName, params } = combinator
  const texts = [
    catalog.describe({ kind, name: tlName }),
    ...params.map((param) => catalog.describeParam(tlName, param.tlName)),
  ]
  const addresses = texts.flatMap(addressesIn).filter((address) => !address.startsWith(NOT_RELATED))
  const pages = relatedPages(addresses, catalog.guides)
  return pages.length === 0 ? [] : [{ id: 'related', title: 'Related pages', blocks: [{ kind: 'related', pages }] }]
}

export function tlSection({ line, id, crcVerified }: Combinator): Section {
  const verdict: Inline[] = crcVerified
    ? [text('✓ '), code(hex32(id)), text(' is the CRC-32 of this line.')]
    : [text('✗ '), code(hex32(id)), text(' is not the CRC-32 of this line: the schema gives the number by hand.')]
  return {
    id: 'tl',
    title: 'TL definition',
    blocks: [{ kind: 'code', language: 'tl', source: line }, paragraph(...verdict)],
  }
}

/** The flag words as maps of bits. Absent where nothing is conditional. */
export function flagSection(combinator: Combinator, example: ExampleObject): Section[] {
  if (combinator.flagWords.length === 0) return []
  const unused = combinator.flagWords.filter(({ bits }) => bits.length === 0)
  const used = combinator.flagWords.filter(({ bits }) => bits.length > 0)
  const words = used.map(({ tlName, name, bits }) => {
    const value = flagValue(example, tlName)
    return { name, value, bits: bits.map(({ bit, fields }) => ({ bit, fields, set: ((value >>> bit) & 1) === 1 })) }
  })
  const tied = used.some(({ bits }) => bits.some((bit) => bit.tied))
  const blocks: Block[] = words.length > 0 ? [{ kind: 'bits', words }] : []
  for (const { name } of unused)
    blocks.push(paragraph(code(name), text(' is sent, and no field of this layer depends on it.')))
  if (tied) blocks.push(paragraph(text('Fields that share a bit come together or not at all.')))
  return [{ id: 'flags', title: 'Flags', blocks }]
}

/** The example as it goes over the wire. */
export function bytesSection(example: ExampleObject): Section {
  const spans = encodeWithSpans(example)
  const names = [...new Set(shorthands(example))]
  const blocks: Block[] = [{ kind: 'bytes', spans, length: spanLength(spans) }]
  if (names.length > 0) blocks.push({ kind: 'note', content: resolutionNote(names) })
  return { id: 'bytes', title: 'The example in bytes', blocks }
}

/** Why the bytes hold an object where the program has a name. */
function resolutionNote(names: readonly string[]): Inline[] {
  const found = names.map((name): Inline[] => [
    code(`'${name}'`),
    text(
      name === 'channelname'
        ? ' was found to be a channel (its numbers are made up)'
        : ' was found to be the account itself',
    ),
  ])
  return [text('The client looks up names before it sends a request; here '), ...joined(found, ', and '), text('.')]
}

function shorthands(object: ExampleObject): string[] {
  return object.fields.flatMap(({ value }): string[] => {
    const values = value.kind === 'list' ? value.items : [value]
    return values.flatMap((item) => {
      if (item.kind === 'object') return shorthands(item)
      return item.kind === 'shorthand' && item.written.kind === 'text' ? [item.written.value] : []
    })
  })
}

export function historySection({ catalog }: PageContext, tlName: string): Section[] {
  const history = catalog.layers?.of(tlName)
  if (history === undefined || catalog.layers === undefined) return []
  const { layers } = catalog.layers
  const blocks: Block[] = [paragraph(text(historySentence(history, layers)))]
  if (history.ids.length > 1) {
    const rows = history.ids.map(({ layer, id }) => [
      [text(layer === layers[0] ? `${layer} or earlier` : String(layer))],
      [code(hex32(id))],
    ])
    blocks.push({ kind: 'table', head: ['Seen from layer', 'Id'], rows })
  }
  return [{ id: 'history', title: 'History', blocks }]
}
