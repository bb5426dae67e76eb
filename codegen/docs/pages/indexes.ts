import type { Combinator } from '../../ir/ir.js'
import { errorTitle } from '../catalog.js'
import { codeReference, text, type Inline } from '../model/inline.js'
import { paragraph, type Block, type Card, type Page, type Section } from '../model/page.js'
import { removedEntries } from '../search/entries.js'
import { builtins } from '../source/builtins.js'
import type { PageContext } from './context.js'
import { fileName, listPages, MAX_LINKS } from './lists.js'
import { HOME, namespaceLabel, namespacePath } from './trail.js'

/** The front page, a page for each namespace, and the lists of errors and of built-in types. */
export function indexPages(context: PageContext): Page[] {
  const namespaces = context.catalog.index.schema.namespaces.flatMap((namespace) => namespacePages(context, namespace))
  return [homePage(context), ...namespaces, ...errorIndex(context), builtinIndex()]
}

function homePage({ catalog }: PageContext): Page {
  const { schema, methods, constructors, types, errors } = catalog.index
  const cards = schema.namespaces.map((namespace): Card => {
    const inside = schema.combinators.filter((combinator) => combinator.namespace === namespace)
    const methodCount = inside.filter(({ kind }) => kind === 'method').length
    return {
      title: namespaceLabel(namespace),
      path: namespacePath(namespace),
      detail: `${counted(methodCount, 'method')}, ${counted(inside.length - methodCount, 'constructor')}`,
    }
  })
  return {
    path: 'index',
    title: `Telegram API, layer ${catalog.layer}`,
    kicker: 'Reference',
    summary: `Every method, constructor, type and error of Telegram's API in layer ${catalog.layer}.`,
    trail: [],
    lead: [
      paragraph(
        text(
          `${methods.size} methods, ${constructors.size} constructors, ${types.size} types and ${errors.size} errors. `,
        ),
        text('Search finds names, fields, errors and ids such as '),
        { kind: 'code', text: '0xa2b5a3f6' },
        text('.'),
      ),
    ],
    sections: [
      { id: 'namespaces', title: 'Namespaces', blocks: [{ kind: 'cards', cards }] },
      {
        id: 'more',
        title: 'More',
        blocks: [
          {
            kind: 'cards',
            cards: [
              {
                title: 'Errors',
                path: 'errors',
                detail: `${errors.size} errors: meaning, what to do, who raises them`,
              },
              ...removedEntries(catalog)
                .slice(0, 1)
                .map(() => ({
                  title: 'Removed definitions',
                  path: 'removed',
                  detail: 'What earlier layers had, with their ids',
                })),
              {
                title: 'Built-in types',
                path: 'builtins',
                detail: 'int, long, string, bytes, Bool, Vector and the rest',
              },
            ],
          },
        ],
      },
    ],
  }
}

function namespacePages({ catalog }: PageContext, namespace: string): Page[] {
  const inside = catalog.index.schema.combinators.filter((combinator) => combinator.namespace === namespace)
  const methods = inside.filter(({ kind }) => kind === 'method')
  const constructors = inside.filter(({ kind }) => kind === 'constructor')
  const types = catalog.index.schema.types.filter((type) => type.namespace === namespace)
  const path = namespacePath(namespace)
  const label = namespaceLabel(namespace)
  const base = { kicker: 'Namespace', trail: [HOME], lead: [] }

  const typeList = listPages(
    types.map(({ tlName }) => tlName),
    (tlName) => codeReference('type', tlName),
  )
  const constructorList = listPages(
    constructors.map(({ tlName }) => tlName),
    (tlName) => codeReference('constructor', tlName),
  )
  const sections: Section[] = []
  const pages: Page[] = []
  if (methods.length > 0) sections.push({ id: 'methods', title: 'Methods', blocks: [methodTable(methods)] })
  for (const [id, title, list] of [
    ['types', 'Types', typeList],
    ['constructors', 'Constructors', constructorList],
  ] as const) {
    if (list.length === 1 && list[0] !== undefined) sections.push({ id, title, blocks: [list[0].block] })
    if (list.length < 2) continue
    const cards = list.map(({ range, count }) => ({
      title: `${title} ${range}`,
      path: `${path}-${id}-${fileName(range)}`,
      detail: `${count} names`,
    }))
    sections.push({ id, title, blocks: [{ kind: 'cards', cards }] })
    for (const { range, block } of list) {
      pages.push({
        ...base,
        path: `${path}-${id}-${fileName(range)}`,
        title: `${title} ${range}`,
        summary: `${title} ${range} of layer ${catalog.layer}.`,
        trail: [HOME, { label, path }],
        sections: [{ id, title: label, blocks: [block] }],
      })
    }
  }
  const title = namespace === '' ? label : `${label}.*`
  return [{ ...base, path, title, summary: `Everything in ${title} of layer ${catalog.layer}.`, sections }, ...pages]
}

function methodTable(methods: readonly Combinator[]): Block {
  const who = { user: 'users', bot: 'bots', both: 'users, bots', unknown: 'unknown' } as const
  const rows = [...methods]
    .sort((a, b) => (a.tlName < b.tlName ? -1 : 1))
    .map((method) => [
      [codeReference('method', method.tlName)],
      [text(method.kind === 'method' ? who[method.callableBy] : '')],
    ])
  return { kind: 'table', head: ['Method', 'Who may call it'], rows }
}

function errorIndex({ catalog }: PageContext): Page[] {
  const codes = [...new Set(catalog.index.schema.errors.map(({ code }) => code))].sort((a, b) => a - b)
  const base = { kicker: 'Errors', trail: [HOME], lead: [] }
  const sections: Section[] = []
  const pages: Page[] = []
  for (const code of codes) {
    const names = catalog.index.schema.errors.filter((error) => error.code === code).map(({ name }) => name)
    const lists = listPages(names, (name) => {
      const fact = catalog.index.errors.get(name)
      return codeReference('error', name, fact === undefined ? name : errorTitle(fact))
    })
    const title = `${code}: ${catalog.advice.meaning(code).replace(/:.*/, '')}`
    const id = `code-${Math.abs(code)}`
    if (lists.length === 1 && lists[0] !== undefined && lists[0].count < MAX_LINKS / 4) {
      sections.push({ id, title, blocks: [paragraph(text(`${catalog.advice.meaning(code)}.`)), lists[0].block] })
      continue
    }
    const cards = lists.map(({ range, count }) => ({
      title: `${code} ${range}`,
      path: `errors-${code}-${fileName(range)}`,
      detail: `${count} errors`,
    }))
    sections.push({
      id,
      title,
      blocks: [paragraph(text(`${catalog.advice.meaning(code)}.`)), { kind: 'cards', cards }],
    })
    for (const { range, block } of lists) {
      pages.push({
        ...base,
        path: `errors-${code}-${fileName(range)}`,
        title: `Errors ${code}, ${range}`,
        summary: `Errors with code ${code}, ${range}.`,
        trail: [HOME, { label: 'Errors', path: 'errors' }],
        sections: [{ id: 'errors', title, blocks: [block] }],
      })
    }
  }
  return [
    { ...base, path: 'errors', title: 'Errors', summary: `The errors of layer ${catalog.layer} by code.`, sections },
    ...pages,
  ]
}

function builtinIndex(): Page {
  const items = builtins().map(({ name }): Inline[] => [codeReference('type', name)])
  return {
    path: 'builtins',
    title: 'Built-in types',
    kicker: 'Types',
    summary: 'The types that every schema has and none declares.',
    trail: [HOME],
    lead: [],
    sections: [{ id: 'builtins', title: 'Names', blocks: [{ kind: 'columns', items }] }],
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
