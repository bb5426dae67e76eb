/** What somebody looks up, without what stands around it where it is copied from. */
export interface LookedUp {
  readonly name: string
  /** Eight digits in hex, where the text may be the number of a definition. */
  readonly id: string | undefined
}

/**
 * Reads `0xa2b5a3f6`, `#a2b5a3f6` and numbers of ten digits, signed or not, as ids; takes `new Api.`, `Type` and the
 * number off a name; finds the error in a whole message.
 */
export function lookedUp(text: string): LookedUp {
  const trimmed = text.trim()
  const [error] = /\s/.test(trimmed) ? (/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/.exec(trimmed) ?? []) : []
  const name = (error ?? trimmed)
    .replace(/^(?:new\s+)?Api\./, '')
    .replace(/^((?:\w+\.)?)Type(?=[A-Z])/, '$1')
    .replace(/^([\w.]+)#[0-9a-f]+$/i, '$1')
  return { name, id: idOf(trimmed) }
}

function idOf(text: string): string | undefined {
  const hex = /^(?:0x|#)?([0-9a-f]{1,8})$/i.exec(text)?.[1]
  if (hex !== undefined) return hex.toLowerCase().padStart(8, '0')
  if (!/^-?\d{6,10}$/.test(text)) return undefined
  const number = Number(text)
  return number >= -0x8000_0000 && number <= 0xffff_ffff ? (number >>> 0).toString(16).padStart(8, '0') : undefined
}
