import type { DiagnosticList } from './diagnostic.js'
import type { SourceText, Span } from './source.js'

export type TokenKind =
  | 'word' // letters, digits, underscores and dots: names, numbers, `flags.3`
  | 'symbol' // one of # : ; = { } < > % ! ? [ ] *
  | 'comment' // from // to the end of the line, or a block comment; `text` is what stands inside
  | 'section' // ---types--- or ---functions---; `text` is the word between the dashes
  | 'end'

export interface Token extends Span {
  readonly kind: TokenKind
  readonly text: string
}

const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 46

const isSpaceCode = (code: number): boolean =>
  code === 32 || code === 10 || code === 13 || code === 9 || code === 0xfeff

const SYMBOLS = '#:;={}<>%!?[]*'
const SECTION = /---([a-z]+)---/y

const isStrange = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return !isSpaceCode(code) && !isWordCode(code) && !SYMBOLS.includes(text[at]!) && text[at] !== '/' && text[at] !== '-'
}

/** Where a run of characters that no token begins with has its end. */
function strangeEnd(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && isStrange(text, at)) at++
  return at
}

const LONGEST_SHOWN = 20
const shorten = (characters: readonly string[]): string =>
  characters.length <= LONGEST_SHOWN ? characters.join('') : `${characters.slice(0, LONGEST_SHOWN).join('')}...`

/** Splits a text into tokens; characters that belong to no token are reported and skipped, a run of them at once. The last token is `end`. */
export function tokenize(source: SourceText, diagnostics: DiagnosticList): readonly Token[] {
  const { text } = source
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    const start = at
    if (isSpaceCode(code)) {
      at++
    } else if (isWordCode(code)) {
      do at++
      while (at < text.length && isWordCode(text.charCodeAt(at)))
      tokens.push({ kind: 'word', text: text.slice(start, at), start, end: at })
    } else if (SYMBOLS.includes(text[at]!)) {
      at++
      tokens.push({ kind: 'symbol', text: text[start]!, start, end: at })
    } else if (text.startsWith('//', at)) {
      const lineEnd = text.indexOf('\n', at)
      at = lineEnd === -1 ? text.length : lineEnd
      tokens.push({ kind: 'comment', text: text.slice(start + 2, at).trim(), start, end: at })
    } else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2)
      if (close === -1) diagnostics.add('syntax', source, { start, end: start + 2 }, `this comment has no closing '*/'`)
      at = close === -1 ? text.length : close + 2
      tokens.push({ kind: 'comment', text: text.slice(start + 2, close === -1 ? at : close).trim(), start, end: at })
    } else {
      SECTION.lastIndex = at
      const section = SECTION.exec(text)
      if (section !== null) {
        at += section[0].length
        tokens.push({ kind: 'section', text: section[1]!, start, end: at })
      } else {
        at = strangeEnd(text, at)
        const strange = [...text.slice(start, at)]
        const what = strange.length === 1 ? 'character' : 'characters'
        diagnostics.add('syntax', source, { start, end: at }, `unexpected ${what} ${JSON.stringify(shorten(strange))}`)
      }
    }
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length })
  return tokens
}
