import { field, flag, flags, optional } from '../described/fields.js'
import type { Field } from '../described/fields.js'
import type { CompactKinds } from './kinds.js'

/** A name, a kind unless it is `true`, and a `?` with the flag bit if there is one. */
const FIELD = /^(\w+)(?::([^?]+))?(?:\?(\d*))?$/

/**
 * `peer:InputPeer`, `replyTo:InputReplyTo?0`, `silent?5`. A bit that is not stated is the one after the last; `#` and
 * `#flags2` are flag words, and a single one that stands before everything else goes without saying.
 */
export function parseFields(words: readonly string[], kinds: CompactKinds): Field[] {
  let bit = -1
  const fields = words.map((word) => {
    if (word.startsWith('#')) return flags(word.slice(1) || undefined)
    const [, name, kind, stated] = FIELD.exec(word) as unknown as [string, string, string?, string?]
    if (stated === undefined) return field(name, kinds.of(kind!))
    bit = stated === '' ? bit + 1 : Number(stated)
    return kind === undefined ? flag(bit, name) : optional(bit, name, kinds.of(kind))
  })
  return bit >= 0 && !words.some((word) => word.startsWith('#')) ? [flags(), ...fields] : fields
}
