import { field, flag, flags, optional } from '../described/fields.js'
import type { Field } from '../described/fields.js'
import type { CompactKinds } from './kinds.js'

/** A name, a kind unless it is `true`, and the flag bit if there is one. */
const FIELD = /^(\w+)(?::([^?]+))?(?:\?(.+))?$/

/** `peer:InputPeer`, `replyTo:InputReplyTo?0`, `silent?5`; `#` and `#flags2` are flag words. */
export function parseField(word: string, kinds: CompactKinds): Field {
  if (word.startsWith('#')) return flags(word.slice(1) || undefined)
  const [, name, kind, bit] = FIELD.exec(word) as unknown as [string, string, string?, string?]
  if (kind === undefined) return flag(Number(bit), name)
  return bit === undefined ? field(name, kinds.of(kind)) : optional(Number(bit), name, kinds.of(kind))
}
