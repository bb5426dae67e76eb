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

export function positionAt(text: string, offset: number): Position {
  let line = 1
  let lineStart = 0
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', lineStart)) {
    line++
    lineStart = next + 1
  }
  return { line, column: offset - lineStart + 1 }
}

/** The line around an offset, without its line break. */
export function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  return text.slice(start, end === -1 ? text.length : end).replace(/\r$/, '')
}
