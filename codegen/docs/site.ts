import type { Catalog } from './catalog.js'
import { archivedPage, archivedPath } from './compat/archived-page.js'
import { archivedStyle, exampleBuilder, ownStyle } from './example/build.js'
import type { Page } from './model/page.js'
import { constructorPage } from './pages/constructor.js'
import type { PageContext } from './pages/context.js'
import { errorPages } from './pages/error.js'
import { indexPages } from './pages/indexes.js'
import { methodPage } from './pages/method.js'
import { removedPages } from './pages/removed.js'
import { builtinPage, typePage } from './pages/type.js'
import { packEntries, searchEntries } from './search/entries.js'
import { builtins } from './source/builtins.js'
import { writeArticle } from './write/html.js'
import { layout } from './write/layout.js'
import { writeMarkdown } from './write/markdown.js'

export interface SiteFile {
  /** From the root of the site, with its ending. */
  readonly path: string
  readonly content: string
}

export interface SiteOptions {
  /** The name under which readers install the package. */
  readonly packageName: string
}

/** Every page of the site, one after the other: nothing is kept, so that memory does not grow with the schema. */
export function* sitePages(catalog: Catalog, { packageName }: SiteOptions): Generator<Page> {
  const context: PageContext = {
    catalog,
    packageName,
    examples: exampleBuilder(catalog.index, ownStyle(catalog.index), appearance(catalog)),
  }
  yield* indexPages(context)
  yield* removedPages(context)
  for (const combinator of catalog.index.schema.combinators) {
    yield combinator.kind === 'method' ? methodPage(context, combinator) : constructorPage(context, combinator)
  }
  for (const type of catalog.index.schema.types) yield typePage(context, type)
  for (const builtin of builtins()) yield builtinPage(builtin)
  for (const error of catalog.index.schema.errors) yield* errorPages(context, error)
}

/** The whole site but for its assets: each page as HTML and as Markdown, and what search needs. */
export function* siteFiles(catalog: Catalog, options: SiteOptions): Generator<SiteFile> {
  const info = { layer: catalog.layer, sources: sources(catalog) }
  for (const page of sitePages(catalog, options)) {
    yield { path: `${page.path}.html`, content: layout(page, writeArticle(page), info) }
    yield { path: `${page.path}.md`, content: writeMarkdown(page, info.sources) }
  }
  const packed = packEntries(searchEntries(catalog))
  yield { path: 'assets/search-data.js', content: `globalThis.rawgramEntries = ${JSON.stringify(packed)}\n` }
}

/** The methods' pages in the form of the archived reference. */
export function* archivedFiles(catalog: Catalog, { packageName }: SiteOptions): Generator<SiteFile> {
  const context = {
    catalog,
    packageName,
    examples: exampleBuilder(catalog.index, archivedStyle(), appearance(catalog)),
  }
  for (const method of catalog.index.methods.values())
    yield { path: archivedPath(method), content: archivedPage(context, method) }
}

function appearance({ layers }: Catalog): (constructor: string) => number {
  return (constructor) => layers?.of(constructor)?.since ?? 0
}

/** What the pages are made from, and by whom it was said. */
function sources({ layer, descriptions, layers }: Catalog): string[] {
  const structure = `Structure: TL schema of layer ${layer}, every id checked.`
  const sentences =
    descriptions === undefined
      ? 'Descriptions: none (install @mtcute/core to have them).'
      : `Descriptions: core.telegram.org, layer ${descriptions.layer}, read from ${descriptions.source}.`
  const history = layers === undefined ? [] : [`History: layers ${layers.layers.join(', ')}.`]
  return [structure, sentences, ...history]
}
