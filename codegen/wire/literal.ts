import { WireRefusal } from './value.js'
import type { WireField, WireValue } from './value.js'

const DEEPEST = 64
const LONGEST_SHOWN = 60

/**
 * Reads a value as a person types it: `messages.getHistory{ peer: inputPeerSelf, limit: 5 }`. Texts stand in single or
 * double quotes, bytes are `0x` and hexadecimal digits, lists stand in brackets, integers may end in `n`.
 * @throws {WireRefusal} with the column of what could not be read
 */
export function parseLiteral(text: string): WireValue {
  const parser = new LiteralParser(text)
  const value = parser.value(0)
  parser.end()
  return value
}

const FORMS = [
  /(?<bytes>0x[0-9a-fA-F]*)/,
  /(?<number>[+-]?(?:\d+(?:\.\d+)?e[+-]?\d+|\d+\.\d+|\d+n?|(?:Infinity|NaN)\b))/,
  /(?<word>[A-Za-z_][\w.]*)(?:#[0-9a-fA-F]+)?/,
  /(?<symbol>[{}[\]:,])/,
]
const SPACE = /\s*/y
const TOKEN = new RegExp(`(?:${FORMS.map((form) => form.source).join('|')})`, 'y')

interface Token {
  readonly kind: 'word' | 'bytes' | 'number' | 'text' | 'symbol' | 'end'
  readonly text: string
  readonly column: number
}

class LiteralParser {
  readonly #text: string
  #next = 0
  #current: Token

  constructor(text: string) {
    this.#text = text
    this.#current = this.#read()
  }

  value(depth: number): WireValue {
    if (depth > DEEPEST) this.#fail(`nested deeper than ${DEEPEST}`)
    const token = this.#advance()
    const { kind, text } = token
    switch (kind) {
      case 'word':
        if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true' }
        return { kind: 'object', name: text, fields: this.#is('{') ? this.#fields(depth) : [] }
      case 'bytes':
        if (text.length % 2 !== 0) this.#fail('bytes have two digits each', token)
        return { kind: 'bytes', value: Buffer.from(text.slice(2), 'hex') }
      case 'number':
        if (/[.eIN]/.test(text)) return { kind: 'double', value: Number(text) }
        return { kind: 'integer', value: BigInt(text.replace(/n$|^\+/g, '')) }
      case 'text':
        return { kind: 'text', value: this.#unquote(token) }
      default:
        if (kind === 'symbol' && text === '[') return { kind: 'list', items: this.#items(depth) }
        return this.#fail(`expected a value, found ${kind === 'end' ? 'the end' : `'${text}'`}`, token)
    }
  }

  end(): void {
    if (this.#current.kind !== 'end') this.#fail(`expected nothing more, found '${this.#current.text}'`)
  }

  #fields(depth: number): WireField[] {
    this.#expect('{')
    const fields: WireField[] = []
    while (!this.#is('}')) {
      const token = this.#current
      const { kind, text } = token
      if (kind !== 'word' && kind !== 'text') this.#fail('expected the name of a field')
      this.#advance()
      this.#expect(':')
      fields.push({ name: kind === 'text' ? this.#unquote(token) : text, value: this.value(depth + 1) })
      if (!this.#is('}')) this.#expect(',')
    }
    this.#expect('}')
    return fields
  }

  #items(depth: number): WireValue[] {
    const items: WireValue[] = []
    while (!this.#is(']')) {
      items.push(this.value(depth + 1))
      if (!this.#is(']')) this.#expect(',')
    }
    this.#expect(']')
    return items
  }

  #unquote(token: Token): string {
    const { text } = token
    const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text
    return unquote(text) ?? this.#fail(`unknown escape in ${shown}`, token)
  }

  #is(symbol: string): boolean {
    return this.#current.kind === 'symbol' && this.#current.text === symbol
  }

  #expect(symbol: string): void {
    if (!this.#is(symbol)) {
      const found = this.#current.kind === 'end' ? 'the end' : `'${this.#current.text}'`
      this.#fail(`expected '${symbol}', found ${found}`)
    }
    this.#advance()
  }

  #advance(): Token {
    const token = this.#current
    if (token.kind !== 'end') this.#current = this.#read()
    return token
  }

  #read(): Token {
    SPACE.lastIndex = this.#next
    SPACE.exec(this.#text)
    const start = SPACE.lastIndex
    if (/["']/.test(this.#text.charAt(start))) return this.#readText(start)
    const column = start + 1
    if (start === this.#text.length) return { kind: 'end', text: '', column }
    TOKEN.lastIndex = start
    const match = TOKEN.exec(this.#text)
    if (match === null) throw new WireRefusal(`column ${column}`, `unexpected ${JSON.stringify(this.#text[start])}`)
    const [kind, text] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)!
    this.#next = TOKEN.lastIndex
    return { kind: kind as Token['kind'], text, column }
  }

  /** By hand: an expression for it runs out of stack in a text of some megabytes. */
  #readText(start: number): Token {
    const quote = this.#text[start]
    let end = start + 1
    while (end < this.#text.length && this.#text[end] !== quote) end += this.#text[end] === '\\' ? 2 : 1
    if (end >= this.#text.length) throw new WireRefusal(`column ${start + 1}`, 'this text has no closing quote')
    this.#next = end + 1
    return { kind: 'text', text: this.#text.slice(start, this.#next), column: start + 1 }
  }

  #fail(message: string, { column }: Token = this.#current): never {
    throw new WireRefusal(`column ${column}`, message)
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' }
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|(.))/gs
const HIGHEST_CODE_POINT = 0x10ffff

/** The escapes of JavaScript; undefined for a text with one that JavaScript does not have. */
function unquote(text: string): string | undefined {
  let isKnown = true
  const plain = text.slice(1, -1).replace(ESCAPE, (whole, unit?: string, point?: string, byte?: string, letter?: string) => {
    if (letter !== undefined) {
      isKnown &&= letter in ESCAPES || !/[A-Za-z0-9]/.test(letter)
      return ESCAPES[letter] ?? letter
    }
    const code = Number.parseInt(unit ?? point ?? byte ?? '', 16)
    isKnown &&= code <= HIGHEST_CODE_POINT
    return isKnown ? String.fromCodePoint(code) : whole
  })
  return isKnown ? plain : undefined
}
