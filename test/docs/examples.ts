import { loadCatalog } from '../../codegen/docs/input.js'
import type { Block, Page } from '../../codegen/docs/model/page.js'
import { sitePages } from '../../codegen/docs/site.js'

/** An example of a page, as its reader sees it. */
export interface PageExample {
  /** `method/messages.getHistory` */
  readonly page: string
  readonly javascript: string
  readonly typescript: string
}

/** The examples of all pages of definitions. */
export function pageExamples(): PageExample[] {
  return pages().flatMap((page) =>
    blocksOf(page).flatMap((block): PageExample[] => {
      if (block.kind !== 'tabs') return []
      const source = (language: string): string => block.tabs.find((tab) => tab.language === language)?.source ?? ''
      return [{ page: page.path, javascript: source('js'), typescript: source('ts') }]
    }),
  )
}

/** The pieces of TypeScript that stand alone on a page, such as the one that catches an error. */
export function pageSnippets(): { readonly page: string; readonly source: string }[] {
  return pages().flatMap((page) =>
    blocksOf(page).flatMap((block) =>
      block.kind === 'code' && block.language === 'ts' ? [{ page: page.path, source: block.source }] : [],
    ),
  )
}

function pages(): Page[] {
  return [...sitePages(loadCatalog(), { packageName: 'rawgram' })]
}

function blocksOf(page: Page): Block[] {
  return [...page.lead, ...page.sections.flatMap(({ blocks }) => blocks)]
}
