/**
 * The first bytes that name a framing: alone at the start of a connection, or inside an obfuscation header, where the
 * one of abridged is written four times.
 * @see https://core.telegram.org/mtproto/mtproto-transports
 */
export const TAGS: {
  readonly abridged: Uint8Array
  readonly intermediate: Uint8Array
  readonly padded: Uint8Array
} = {
  abridged: Uint8Array.of(0xef, 0xef, 0xef, 0xef),
  intermediate: Uint8Array.of(0xee, 0xee, 0xee, 0xee),
  padded: Uint8Array.of(0xdd, 0xdd, 0xdd, 0xdd),
}

/** A framing that obfuscation can carry. */
export type TaggedTransport = keyof typeof TAGS

/** The framing whose tag stands at `offset`, or `undefined`. */
export function transportOfTag(bytes: Uint8Array, offset: number): TaggedTransport | undefined {
  const first = bytes[offset]
  for (let i = 1; i < 4; i++) if (bytes[offset + i] !== first) return undefined
  return first === 0xef ? 'abridged' : first === 0xee ? 'intermediate' : first === 0xdd ? 'padded' : undefined
}
