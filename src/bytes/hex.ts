const DIGITS = '0123456789abcdef'

/** Lower-case hexadecimal text of `bytes`. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += DIGITS[byte >> 4]! + DIGITS[byte & 15]!
  return text
}

/**
 * Bytes of hexadecimal text; white space between digits is allowed, as goldens are spaced by field.
 * @throws {SyntaxError} on an odd number of digits or on any other character.
 */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/\s+/g, '')
  const wrong = /[^0-9a-fA-F]/.exec(digits)
  if (wrong) throw new SyntaxError(`hex text has ${JSON.stringify(wrong[0])} at digit ${wrong.index}; expected 0-9 or a-f`)
  if (digits.length % 2 !== 0) throw new SyntaxError(`hex text has ${digits.length} digits; expected an even number`)
  const bytes = new Uint8Array(digits.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16)
  return bytes
}
