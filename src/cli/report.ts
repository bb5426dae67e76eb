import { styleText } from 'node:util'
import type { CliIo } from './io.js'

export interface OutputOptions {
  readonly json?: boolean
  readonly quiet?: boolean
}

type Style = Parameters<typeof styleText>[0]

/** Where a verb says what it did: as text for people, or as one JSON document for programs. */
export class Report {
  readonly json: boolean
  readonly #quiet: boolean
  readonly #io: CliIo

  constructor(io: CliIo, options: OutputOptions) {
    this.#io = io
    this.json = options.json === true
    this.#quiet = options.quiet === true
  }

  /** Progress and remarks: left out with `--quiet` and `--json`. */
  say(line: string): void {
    if (!this.#quiet && !this.json) this.#io.stdout(`${line}\n`)
  }

  /** What the user asked for: left out only with `--json`, where the document holds it. */
  result(text: string): void {
    if (!this.json) this.#io.stdout(`${text}\n`)
  }

  /** The document of `--json`; does nothing otherwise. */
  document(value: object): void {
    if (this.json) this.#io.stdout(`${JSON.stringify(value, null, 2)}\n`)
  }

  warn(line: string): void {
    this.#io.stderr(`${line}\n`)
  }

  paint(style: Style, text: string): string {
    return this.#io.color ? styleText(style, text, { validateStream: false }) : text
  }
}
