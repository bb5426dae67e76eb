import { WireRefusal } from './value.js'
import type { WireField, WireValue } from './value.js'

const DEEPEST = 64

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
  /(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/,
  /(?<symbol>[{}[\]:,])/,
]
const TOKEN = new RegExp(`\\s*(?:${FORMS.map((form) => form.source).join('|')})`, 'y')

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
    const { kind, text } = this.#advance()
    switch (kind) {
      case 'word':
        if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true' }
        return { kind: 'object', name: text, fields: this.#is('{') ? this.#fields(depth) : [] }
      case 'bytes':
        if (text.length % 2 !== 0) this.#fail('bytes have two digits each')
        return { kind: 'bytes', value: Buffer.from(text.slice(2), 'hex') }
      case 'number':
        if (/[.eIN]/.test(text)) return { kind: 'double', value: Number(text) }
        return { kind: 'integer', value: BigInt(text.replace(/n$|^\+/g, '')) }
      case 'text':
        return { kind: 'text', value: unquote(text) }
      default:
        if (kind === 'symbol' && text === '[') return { kind: 'list', items: this.#items(depth) }
        return this.#fail(`expected a value, found ${kind === 'end' ? 'the end' : `'${text}'`}`)
    }
  }

  end(): void {
    if (this.#current.kind !== 'end') this.#fail(`expected nothing more, found '${this.#current.text}'`)
  }

  #fields(depth: number): WireField[] {
    this.#expect('{')
    const fields: WireField[] = []
    while (!this.#is('}')) {
      const { kind, text } = this.#current
      if (kind !== 'word' && kind !== 'text') this.#fail('expected the name of a field')
      this.#advance()
      this.#expect(':')
      fields.push({ name: kind === 'text' ? unquote(text) : text, value: this.value(depth + 1) })
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
    TOKEN.lastIndex = this.#next
    const match = TOKEN.exec(this.#text)
    if (match === null) {
      const rest = this.#text.slice(this.#next).trimStart()
      const column = this.#text.length - rest.length + 1
      if (rest === '') return { kind: 'end', text: '', column }
      throw new WireRefusal(`column ${column}`, `unexpected ${JSON.stringify(rest[0])}`)
    }
    const [kind, text] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)!
    this.#next = TOKEN.lastIndex
    return { kind: kind as Token['kind'], text, column: this.#next - match[0].trimStart().length + 1 }
  }

  #fail(message: string): never {
    throw new WireRefusal(`column ${this.#current.column}`, message)
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' }

/** Of the escapes of JavaScript: the ones with a letter, `\uXXXX`, and the character itself. */
function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code: string | undefined, letter: string) =>
      code === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
    )
}
