import { brotliCompressSync, gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import MarkdownIt from 'markdown-it'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildCatalog } from '../../codegen/docs/catalog.js'
import { loadCatalog } from '../../codegen/docs/input.js'
import type { Page } from '../../codegen/docs/model/page.js'
import { siteFiles, sitePages } from '../../codegen/docs/site.js'

const MAX_PAGE_BYTES = 60_000
const MAX_FIRST_LOAD_BYTES = 300_000
const ASSETS = ['assets/site.css', 'assets/site.js', 'assets/icon.svg', 'assets/minisearch.js']

const catalog = loadCatalog()
const options = { packageName: 'rawgram' }
const html = new Map<string, string>()
const markdown = new Map<string, string>()
const other = new Map<string, string>()

beforeAll(() => {
  for (const { path, content } of siteFiles(catalog, options)) {
    const target = path.endsWith('.html') ? html : path.endsWith('.md') ? markdown : other
    target.set(path, content)
  }
})

/** Text of an element's attribute, entities undone, for every element that has it. */
function attribute(page: string, name: string): string[] {
  return [...page.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&amp;', '&'),
  )
}

describe('the reference as a whole', () => {
  it('has a page for every method, constructor, type and error, as HTML and as Markdown', () => {
    const { methods, constructors, types, errors } = catalog.index
    const count = (folder: string): number => [...html.keys()].filter((path) => path.startsWith(`${folder}/`)).length
    expect(count('method')).toBe(methods.size)
    expect(count('constructor')).toBe(constructors.size)
    expect(count('type')).toBeGreaterThanOrEqual(types.size)
    expect(count('error')).toBeGreaterThanOrEqual(errors.size)
    expect([...markdown.keys()].map((path) => path.replace(/md$/, 'html')).sort()).toEqual([...html.keys()].sort())
  })

  it('has no two pages whose names differ in case alone', () => {
    const names = [...html.keys()].map((path) => path.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
  })

  it('has no broken link in HTML, fragments included', () => {
    const ids = new Map([...html].map(([path, page]) => [path, new Set(attribute(page, 'id'))]))
    const broken: string[] = []
    let checked = 0
    for (const [path, page] of html) {
      for (const href of [...attribute(page, 'href'), ...attribute(page, 'src')]) {
        if (/^https?:/.test(href)) continue
        checked += 1
        const [file = '', fragment] = href.split('#')
        const target = file === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(file))
        const found = html.has(target) || markdown.has(target) || ASSETS.includes(target)
        if (!found || (fragment !== undefined && ids.get(target)?.has(fragment) !== true))
          broken.push(`${path} -> ${href}`)
      }
    }
    expect(broken).toEqual([])
    expect(checked).toBeGreaterThan(100_000)
  })

  it('has no broken link in Markdown', () => {
    const broken: string[] = []
    for (const [path, page] of markdown) {
      for (const [, href = ''] of page.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(href)) continue
        if (!markdown.has(posix.join(posix.dirname(path), decodeURIComponent(href)))) broken.push(`${path} -> ${href}`)
      }
    }
    expect(broken).toEqual([])
  })

  it('asks nothing of any other server: outside addresses are links to follow, never things to load', () => {
    const loading = /<(?:script|img|iframe|source|link|object|embed)\b[^>]*\s(?:src|href)="(?:https?:)?\/\//
    expect([...html].filter(([, page]) => loading.test(page)).map(([path]) => path)).toEqual([])
    const assets = ['site.css', 'site.js'].map((name) =>
      readFileSync(new URL(`../../codegen/docs/assets/${name}`, import.meta.url), 'utf8'),
    )
    for (const asset of assets) expect(asset).not.toMatch(/https?:\/\//)
  })

  it('names no value that is missing', () => {
    const missing = />[^<]*(?:\bundefined\b|\[object |\bNaN\b)/
    expect([...html].filter(([, page]) => missing.test(page)).map(([path]) => path)).toEqual([])
  })

  it('has no empty table, and every row has as many cells as the table has columns', () => {
    const faults: string[] = []
    let tables = 0
    for (const [path, page] of html) {
      for (const [, table = ''] of page.matchAll(/<table[^>]*>([\s\S]*?)<\/table>/g)) {
        tables += 1
        const columns = table.split('<th ').length - 1
        const rows = table.split('<tr').slice(2)
        if (rows.length === 0) faults.push(`${path}: a table without rows`)
        for (const row of rows) if (row.split('<td').length - 1 !== columns) faults.push(`${path}: ${row.slice(0, 80)}`)
      }
    }
    expect(faults).toEqual([])
    expect(tables).toBeGreaterThan(5_000)
  })

  it('keeps every page of HTML under 60 kB', () => {
    const heavy = [...html].filter(([, page]) => Buffer.byteLength(page) > MAX_PAGE_BYTES).map(([path]) => path)
    expect(heavy).toEqual([])
  })

  it('loads the first page, the search index and the scripts in less than 300 kB compressed', () => {
    const read = (url: string): string => readFileSync(new URL(url, import.meta.url), 'utf8')
    const parts = [
      html.get('index.html') ?? '',
      other.get('assets/search-data.js') ?? '',
      read('../../codegen/docs/assets/site.css'),
      read('../../codegen/docs/assets/site.js'),
      read('../../node_modules/minisearch/dist/umd/index.js'),
    ]
    const total = parts.reduce((sum, part) => sum + gzipSync(part).length, 0)
    const brotli = parts.reduce((sum, part) => sum + brotliCompressSync(part).length, 0)
    console.log(`first load: ${(total / 1000).toFixed(0)} kB gzip, ${(brotli / 1000).toFixed(0)} kB brotli`)
    expect(total).toBeLessThan(MAX_FIRST_LOAD_BYTES)
  })
})

describe('Markdown', () => {
  it('renders as many tables as the page has, with a cell for every column', () => {
    const parser = new MarkdownIt({ html: false })
    const faults: string[] = []
    const pages = [...sitePages(catalog, options)].filter((_, index) => index % 7 === 0)
    for (const page of pages) {
      const tokens = parser.parse(markdown.get(`${page.path}.md`) ?? '', {})
      const expected = blocksOf(page).reduce(
        (sum, block) => sum + (block.kind === 'table' ? 1 : block.kind === 'bits' ? block.words.length : 0),
        0,
      )
      const tables = tokens.filter(({ type }) => type === 'table_open').length
      if (tables !== expected) faults.push(`${page.path}: ${tables} tables instead of ${expected}`)
      const cells = tokens.filter(({ type }) => type === 'td_open').length
      if (cells !== cellCount(page)) faults.push(`${page.path}: ${cells} cells instead of ${cellCount(page)}`)
    }
    expect(faults).toEqual([])
    expect(pages.length).toBeGreaterThan(500)
  })
})

describe('each page', () => {
  it('lists the parameters of its own definition, in the order of the schema', () => {
    const faults: string[] = []
    for (const page of sitePages(catalog, options)) {
      const [folder, name = ''] = page.path.split('/')
      const combinator = folder === 'method' ? catalog.index.methods.get(name) : catalog.index.constructors.get(name)
      if (combinator === undefined || (folder !== 'method' && folder !== 'constructor')) continue
      const table = page.sections.find(({ id }) => id === 'parameters')?.blocks.find((block) => block.kind === 'table')
      const shown = table === undefined ? [] : table.rows.map((row) => JSON.stringify(row[0]))
      const wanted = combinator.params.map((param) =>
        JSON.stringify([{ kind: 'strong', children: [{ kind: 'text', text: param.name }] }]),
      )
      if (shown.join() !== wanted.join()) faults.push(page.path)
    }
    expect(faults).toEqual([])
  })

  it('of a method has the same sections in the same order', () => {
    const order = [
      'example',
      'parameters',
      'result',
      'errors',
      'bots',
      'related',
      'tl',
      'flags',
      'bytes',
      'constructors',
      'returned-by',
      'accepted-by',
      'history',
    ]
    const always = new Set(['example', 'parameters', 'result', 'errors', 'bots', 'tl', 'bytes', 'history'])
    for (const page of sitePages(catalog, options)) {
      if (!page.path.startsWith('method/')) continue
      const ids = page.sections.map(({ id }) => id)
      expect(ids, page.path).toEqual(order.filter((id) => ids.includes(id)))
      for (const id of always) expect(ids, page.path).toContain(id)
    }
  })

  it('with a guide page behind its texts names it', () => {
    const page = html.get('method/messages.getExportedChatInvites.html') ?? ''
    expect(page).toContain('Pagination in the API')
  })
})

describe('without the package that carries descriptions', () => {
  const bare = buildCatalog({
    schema: catalog.index.schema,
    guides: catalog.guides,
    advice: catalog.advice,
    layers: catalog.layers,
  })

  it('has the same pages, complete but for sentences', () => {
    const pages = [...sitePages(bare, options)]
    expect(pages.map(({ path }) => path).sort()).toEqual(
      [...html.keys()].map((path) => path.replace(/\.html$/, '')).sort(),
    )
    const page = pages.find(({ path }) => path === 'method/messages.getExportedChatInvites')
    expect(page?.sections.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['example', 'parameters', 'errors', 'tl', 'flags', 'bytes', 'history']),
    )
    const [lead] = page?.lead ?? []
    expect(lead?.kind).toBe('note')
  })
})

function blocksOf(page: Page): Page['lead'] {
  return [...page.lead, ...page.sections.flatMap(({ blocks }) => blocks)]
}

function cellCount(page: Page): number {
  return blocksOf(page).reduce((sum, block) => {
    if (block.kind === 'table') return sum + block.rows.length * block.head.length
    return block.kind === 'bits' ? sum + block.words.reduce((cells, { bits }) => cells + bits.length * 3, 0) : sum
  }, 0)
}
