import { TotalList } from './compat/helpers.js'

/** What the pages of a long answer are made by: yields items as they come, and says how many there are in all. */
export type Pages<Item> = (iter: RequestIter<Item>) => AsyncGenerator<Item, void, undefined>

/**
 * The items of a long answer, page by page, each page asked for when it is wanted.
 *
 * ```ts
 * for await (const dialog of client.iterDialogs({ limit: 10 })) console.log(dialog.title)
 * ```
 */
export class RequestIter<Item> implements AsyncIterable<Item> {
  /** How many items the server has; known once the first page is there, if it says so. */
  total: number | undefined
  readonly #pages: Pages<Item>

  constructor(pages: Pages<Item>) {
    this.#pages = pages
  }

  /** Begins anew, whoever went through it before. */
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    return this.#pages(this)
  }

  /** All items as a list, which knows the `total`. */
  async collect(): Promise<TotalList<Item>> {
    const list = new TotalList<Item>()
    for await (const item of this) list.push(item)
    list.total = this.total
    return list
  }
}
