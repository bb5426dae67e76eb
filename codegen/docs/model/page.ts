import type { Inline, Reference } from './inline.js'

/** One page, as data: what it says and in which order, but not how Markdown or HTML write it. */
export interface Page {
  /** From the root of the site, without an ending: `method/messages.getExportedChatInvites`. */
  readonly path: string
  readonly title: string
  /** The small word above the title: Method, Constructor, Type, Error. */
  readonly kicker: string
  /** One plain sentence for the page's head and for search results. */
  readonly summary: string
  /** Links upwards, outermost first; the page itself is not among them. */
  readonly trail: readonly Crumb[]
  /** Between the title and the first section. */
  readonly lead: readonly Block[]
  readonly sections: readonly Section[]
}

export interface Crumb {
  readonly label: string
  /** Path of a page, without an ending. */
  readonly path: string
}

export interface Section {
  /** Fragment of its address: `parameters`. */
  readonly id: string
  readonly title: string
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  /** A remark of the reference itself, set apart from what Telegram says. */
  | { readonly kind: 'note'; readonly content: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: Language; readonly source: string }
  | { readonly kind: 'tabs'; readonly tabs: readonly Tab[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  /** Many short links in columns: names of a namespace. */
  | { readonly kind: 'columns'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'bits'; readonly words: readonly BitWord[] }
  | { readonly kind: 'bytes'; readonly spans: readonly ByteRow[]; readonly length: number }
  | { readonly kind: 'related'; readonly pages: readonly RelatedPage[] }
  /** Links to other pages of the site that are no definitions: indexes. */
  | { readonly kind: 'cards'; readonly cards: readonly Card[] }

export type Cell = readonly Inline[]
export type Language = 'js' | 'ts' | 'tl'

export interface Tab {
  readonly title: string
  readonly language: Language
  readonly source: string
}

export interface RelatedPage {
  readonly title: string
  readonly url: string
  readonly summary: string
}

export interface Card {
  readonly title: string
  readonly path: string
  readonly detail: string
}

/** One flag word: which bits are used, by whom, and what the example sets. */
export interface BitWord {
  readonly name: string
  /** The word in the example; undefined where there is no example. */
  readonly value: number | undefined
  /** Ascending. */
  readonly bits: readonly BitUse[]
}

export interface BitUse {
  readonly bit: number
  /** Fields behind the bit; more than one means that they come and go together. */
  readonly fields: readonly string[]
  readonly set: boolean
}

/** A run of bytes with its meaning. */
export interface ByteRow {
  readonly offset: number
  readonly bytes: Uint8Array
  /** How deep in the object the field lies; 0 is the request itself. */
  readonly depth: number
  /** `offset_date: 43`, `peer: inputPeerSelf`. */
  readonly label: string
  readonly to?: Reference
}

export function paragraph(...content: readonly Inline[]): Block {
  return { kind: 'paragraph', content }
}
