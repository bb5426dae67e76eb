import type { DiagnosticList } from './diagnostic.js'
import type { Token } from './lexer.js'
import type { SourceText, Span } from './source.js'

/** Thrown inside the parser to leave a damaged definition; it never leaves the parser. */
export class SyntaxFailure extends Error {}

/** The parser's place in the tokens. Comments are set aside, so that they may stand anywhere. */
export class TokenStream {
  readonly #source: SourceText
  readonly #tokens: readonly Token[]
  readonly #diagnostics: DiagnosticList
  #at = 0

  constructor(source: SourceText, tokens: readonly Token[], diagnostics: DiagnosticList) {
    this.#source = source
    this.#tokens = tokens
    this.#diagnostics = diagnostics
  }

  get current(): Token {
    return this.#tokens[this.#at]!
  }

  /** The token after the current one. */
  get following(): Token {
    return this.#tokens[Math.min(this.#at + 1, this.#tokens.length - 1)]!
  }

  get previousEnd(): number {
    return this.#at === 0 ? 0 : this.#tokens[this.#at - 1]!.end
  }

  /** Nothing, not even a space, stands between the last token and this one. */
  get touching(): boolean {
    return this.current.start === this.previousEnd
  }

  is(symbol: string): boolean {
    return this.current.kind === 'symbol' && this.current.text === symbol
  }

  advance(): Token {
    const token = this.current
    if (token.kind !== 'end') this.#at++
    return token
  }

  take(symbol: string): Token | undefined {
    return this.is(symbol) ? this.advance() : undefined
  }

  expect(symbol: string, where: string): Token {
    return this.take(symbol) ?? this.fail(`expected '${symbol}' ${where}, found ${this.describeCurrent()}`)
  }

  expectWord(what: string): Token {
    if (this.current.kind === 'word') return this.advance()
    return this.fail(`expected ${what}, found ${this.describeCurrent()}`)
  }

  /** Reports at the current token, or at `span`, and leaves the definition. */
  fail(message: string, span: Span = this.current): never {
    this.#diagnostics.add('syntax', this.#source, span, message)
    throw new SyntaxFailure(message)
  }

  /** After an error: on to the next definition, which begins after a `;` or at the start of a line. */
  recover(): void {
    while (this.current.kind !== 'end') {
      if (this.advance().text === ';') return
      const { kind, start } = this.current
      const startsLine = start === 0 || this.#source.text[start - 1] === '\n'
      if (startsLine && kind !== 'symbol') return
    }
  }

  describeCurrent(): string {
    const { kind, text } = this.current
    if (kind === 'end') return 'the end of the text'
    if (kind === 'section') return `'---${text}---'`
    if (kind === 'comment') return 'a comment'
    return `'${text}'`
  }
}
