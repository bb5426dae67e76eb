import type { Combinator } from '../ir/ir.js'

/** What generated functions call the flag words of a combinator, by their names in the schema. */
export function flagWordNames({ flagWords }: Combinator): ReadonlyMap<string, string> {
  return new Map(flagWords.map(({ tlName, name }) => [tlName, flagWordName(name)]))
}

/** Nearly all are `flags` or `flags2` in the schema; any other name might be a keyword or one that the function has already. */
function flagWordName(name: string): string {
  return /^flags\d*$/.test(name) ? name : `${name}Flags`
}
