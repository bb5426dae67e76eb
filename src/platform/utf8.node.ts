const encoder = new TextEncoder()
/** Where text is encoded to: `encode` makes an array of its own, and takes twice as long. */
const scratch = new Uint8Array(16_384)

/** Text in UTF-8, to be copied before the next text comes. */
export function utf8(text: string): Uint8Array {
  // A UTF-16 code takes three bytes at most.
  if (3 * text.length > scratch.length) return encoder.encode(text)
  return scratch.subarray(0, encoder.encodeInto(text, scratch).written)
}
