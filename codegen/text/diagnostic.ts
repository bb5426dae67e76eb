import { LineIndex } from './source.js'
import type { Position, SourceText, Span } from './source.js'

/** What can be wrong with a schema. Stable: scripts and editors may match on it. */
export type DiagnosticCode =
  | 'syntax' // the text is not TL
  | 'unknown-type' // no constructor belongs to the named type, or no constructor has the named bare name
  | 'wrong-crc' // the number of the line is not the CRC-32 of the line
  | 'duplicate-id' // two definitions share a number
  | 'duplicate-name' // two types or two methods share a name
  | 'duplicate-field' // two fields of one definition share a name
  | 'unknown-flag-word' // a field refers to a flag word that the definition does not have
  | 'unused-flag-word' // a warning: no field depends on a flag word
  | 'flag-bit-range' // a bit that a 32-bit word does not have
  | 'flag-before-word' // a field stands in front of the flag word that it depends on
  | 'optional-without-flag' // a field that may be absent, and no bit says whether it is
  | 'wrong-type-use' // a type that exists, used in a way that it cannot be
  | 'name-collision' // two TL names become one TypeScript name
  | 'reserved-name' // a field would hide a member that every generated class has

export type Severity = 'error' | 'warning'

export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: Severity
  /** Name of the source text. */
  readonly file: string
  readonly position: Position
  /** Characters from `position` on that the message is about. */
  readonly length: number
  readonly message: string
  /** The whole source line. */
  readonly sourceLine: string
}

interface Finding {
  readonly order: number
  readonly source: number
  readonly start: number
  readonly diagnostic: Diagnostic
}

/** Gathers every finding of one run; nothing stops at the first. */
export class DiagnosticList {
  readonly #found: Finding[] = []
  /** In the order in which they were first spoken of. */
  readonly #sources = new Map<SourceText, { readonly index: number; readonly lines: LineIndex }>()

  add(code: DiagnosticCode, source: SourceText, span: Span, message: string, severity: Severity = 'error'): void {
    let place = this.#sources.get(source)
    if (place === undefined) {
      place = { index: this.#sources.size, lines: new LineIndex(source.text) }
      this.#sources.set(source, place)
    }
    this.#found.push({
      order: this.#found.length,
      source: place.index,
      start: span.start,
      diagnostic: {
        code,
        severity,
        file: source.name,
        position: place.lines.positionAt(span.start),
        length: Math.max(1, span.end - span.start),
        message,
        sourceLine: place.lines.lineAt(span.start),
      },
    })
  }

  /** In the order of the texts, whichever check found them. */
  sorted(): readonly Diagnostic[] {
    return [...this.#found]
      .sort((a, b) => a.source - b.source || a.start - b.start || a.order - b.order)
      .map((entry) => entry.diagnostic)
  }
}

const WIDEST_LINE = 110
const CONTEXT_BEFORE = 60

/** `api.tl:1204:37 unknown type ...`, the line, and a caret under what the message is about. */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { file, position, message, sourceLine, length } = diagnostic
  const { line, column } = position
  let shown = sourceLine
  let caretAt = column - 1
  if (shown.length > WIDEST_LINE) {
    const from = Math.max(0, caretAt - CONTEXT_BEFORE)
    const to = Math.min(shown.length, from + WIDEST_LINE)
    shown = `${from > 0 ? '...' : ''}${shown.slice(from, to)}${to < shown.length ? '...' : ''}`
    caretAt += (from > 0 ? 3 : 0) - from
  }
  shown = shown.replaceAll('\t', ' ')
  const carets = '^'.repeat(Math.max(1, Math.min(length, shown.length - caretAt)))
  const warning = diagnostic.severity === 'warning' ? 'warning: ' : ''
  return `${file}:${line}:${column} ${warning}${message}\n  ${shown}\n  ${' '.repeat(caretAt)}${carets}`
}
