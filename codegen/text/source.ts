/** One text of TL and the name it goes by in messages. */
export interface SourceText {
  readonly name: string
  readonly text: string
}

/** Half-open range of character offsets in a source text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Both count from 1, as editors do. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Finds places in one text: its lines are looked for once, however many places are asked for. */
export class LineIndex {
  readonly #text: string
  readonly #starts: number[] = [0]

  constructor(text: string) {
    this.#text = text
    for (let next = text.indexOf('\n'); next !== -1; next = text.indexOf('\n', next + 1)) this.#starts.push(next + 1)
  }

  positionAt(offset: number): Position {
    const index = this.#indexAt(offset)
    return { line: index + 1, column: offset - this.#starts[index]! + 1 }
  }

  /** The line around an offset, without its line break. */
  lineAt(offset: number): string {
    const index = this.#indexAt(offset)
    const next = this.#starts[index + 1]
    const end = next === undefined ? this.#text.length : next - 1
    const hasReturn = this.#text.charCodeAt(end - 1) === RETURN && end > this.#starts[index]!
    return this.#text.slice(this.#starts[index], hasReturn ? end - 1 : end)
  }

  /** Of the last line that begins at `offset` or before. */
  #indexAt(offset: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}

const RETURN = 13
