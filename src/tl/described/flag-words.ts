import { isSet, tiedFields } from '../flags.js'
import type { Field } from './fields.js'

/** The fields of each bit of each flag word, ascending. */
export type FlagWords = readonly (readonly (readonly Field[])[])[]

export function flagWords(fields: readonly Field[]): FlagWords {
  const words: Field[][][] = []
  const flagged = fields.filter((each) => each.bit !== undefined).sort((a, b) => a.bit! - b.bit!)
  for (const each of flagged) {
    const bits = (words[each.bit! >> 5] ??= [])
    const last = bits.at(-1)
    if (last?.[0]!.bit === each.bit) last!.push(each)
    else bits.push([each])
  }
  return words
}

/** One flag word: each bit is the presence of its fields, by the same test that decides their payload. */
export function flagWord(bits: FlagWords[number] | undefined, object: Readonly<Record<string, unknown>>): number {
  let word = 0
  const isThere = ({ name, type }: Field): boolean => (type === undefined ? isSet(object[name]) : object[name] != null)
  for (const fields of bits ?? []) {
    if (fields.length > 1 ? tiedFields(...fields.map(isThere)) : isThere(fields[0]!)) word |= 1 << fields[0]!.bit!
  }
  return word
}
