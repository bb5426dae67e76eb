/** Standard base64 with padding. Works in Node and in browsers. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x2000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x2000))
  return btoa(binary)
}

/**
 * Bytes of base64 text: standard or URL-safe alphabet, padded or not; white space at the ends is ignored.
 * @throws {SyntaxError} when a character does not belong to base64 or the length is impossible.
 */
export function fromBase64(text: string): Uint8Array {
  const standard = text.trim().replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '')
  const wrong = /[^A-Za-z0-9+/]/.exec(standard)
  if (wrong) throw new SyntaxError(`base64 text has a character outside its alphabet at position ${wrong.index}`)
  if (standard.length % 4 === 1) throw new SyntaxError(`base64 text of ${standard.length} characters is cut short`)
  const binary = atob(standard)
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
