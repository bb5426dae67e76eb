import { field, flag, flags, optional } from '../described/fields.js'
import type { Field } from '../described/fields.js'
import type { CompactKinds } from './kinds.js'

/**
 * `peer:InputPeer`, `replyTo:InputReplyTo?0`, `silent?5`: names, kinds unless they are `true`, and flag bits where there are
 * any. A bit that is not stated is the one after the last; `#` and `#flags2` are flag words, and a single one that stands
 * before everything else goes without saying.
 */
export function parseFields(text: string, kinds: CompactKinds): Field[] {
  const words = text.match(/\S+/g) ?? []
  let bit = -1
  const fields = words.map((word): Field => {
    if (word.startsWith('#')) return flags(word.slice(1) || undefined)
    const [always, stated] = word.split('?') as [string, string?]
    const [name, kind] = always.split(':') as [string, string?]
    if (stated === undefined) return field(name, kinds.of(kind!))
    bit = stated === '' ? bit + 1 : Number(stated)
    return kind === undefined ? flag(bit, name) : optional(bit, name, kinds.of(kind))
  })
  return bit >= 0 && !words.some((word) => word.startsWith('#')) ? [flags(), ...fields] : fields
}
