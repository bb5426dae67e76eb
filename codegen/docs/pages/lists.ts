import type { Inline } from '../model/inline.js'
import type { Block } from '../model/page.js'

/** Links that one list holds at most, so that its page stays light; beyond it, the list is divided by letters. */
export const MAX_LINKS = 320

export interface ListPage {
  /** `A–C`, of the letters that the names on it begin with. */
  readonly range: string
  readonly count: number
  readonly block: Block
}

/** `a-c`, the part of an address that stands for a range. */
export function fileName(range: string): string {
  return range.toLowerCase().replace('–', '-')
}

/** Names as columns, divided by first letters where they are too many for one page. */
export function listPages(names: readonly string[], item: (name: string) => Inline): ListPage[] {
  const sorted = [...names].sort((a, b) => (initial(a) + a < initial(b) + b ? -1 : 1))
  const groups: string[][] = []
  for (const name of sorted) {
    const last = groups.at(-1)
    const sameLetter = last !== undefined && initial(last.at(-1) ?? '') === initial(name)
    if (last !== undefined && (sameLetter || last.length < MAX_LINKS / 2)) last.push(name)
    else groups.push([name])
  }
  const single = sorted.length <= MAX_LINKS ? [sorted] : groups
  return single
    .filter((group) => group.length > 0)
    .map((group) => ({
      range: rangeOf(initial(group[0] ?? ''), initial(group.at(-1) ?? '')),
      count: group.length,
      block: { kind: 'columns', items: group.map((name) => [item(name)]) },
    }))
}

function rangeOf(first: string, last: string): string {
  return first === last ? first : `${first}–${last}`
}

function initial(name: string): string {
  return (/[a-z0-9]/i.exec(name.split('.').at(-1) ?? '')?.[0] ?? '').toUpperCase()
}
