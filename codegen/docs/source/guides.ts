import type { RelatedPage } from '../model/page.js'

/** Telegram's guide pages by address, from tl/pages.json. */
export interface Guides {
  /** The page that an address points to, whatever fragment it has. */
  page(address: string): RelatedPage | undefined
}

export interface PagesFile {
  readonly pages: readonly RelatedPage[]
}

export function guidesFrom(file: PagesFile): Guides {
  const byUrl = new Map(file.pages.map((page) => [page.url, page]))
  return { page: (address) => byUrl.get(address.replace(/[#?].*$/, '').replace(/\/$/, '')) }
}

/** Pages behind the addresses, each once, in the order in which they are met first. */
export function relatedPages(addresses: readonly string[], guides: Guides): RelatedPage[] {
  const pages = addresses.map((address) => guides.page(address)).filter((page) => page !== undefined)
  return [...new Set(pages)]
}
