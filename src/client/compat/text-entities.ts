import * as Api from '../../../generated/api/index.js'

/** Text, and which parts of it are bold, links and so on; offsets and lengths count UTF-16 units, as Telegram does. */
export type FormattedText = [text: string, entities: Api.TypeMessageEntity[]]

/** Turns text in some notation into what messages hold, and back. */
export interface ParseInterface {
  parse(text: string): FormattedText
  unparse(text: string, entities: readonly Api.TypeMessageEntity[] | undefined): string
}

/** What stands around an entity in a notation; `undefined` where the notation has nothing for it. */
export type Marks = readonly [before: string, after: string]

/** A text that is parsed piece by piece, with the entities that are open. */
export class TextBuilder {
  text = ''
  readonly entities: Api.TypeMessageEntity[] = []

  /** Adds an entity from `start` to the end of the text so far, unless it holds nothing. */
  close(entity: Api.TypeMessageEntity | undefined, start: number): void {
    const length = this.text.length - start
    if (entity === undefined || length <= 0) return
    this.entities.push(Object.assign(entity, { offset: start, length }))
  }

  /** Puts text in where it belongs after all; what lies behind it moves. */
  insert(text: string, at: number): void {
    this.text = this.text.slice(0, at) + text + this.text.slice(at)
    for (const entity of this.entities) {
      if (entity.offset >= at) Object.assign(entity, { offset: entity.offset + text.length })
      else if (entity.offset + entity.length > at) Object.assign(entity, { length: entity.length + text.length })
    }
  }

  /** Without the white space at both ends, which Telegram takes away too, and without entities of nothing else. */
  trimmed(): FormattedText {
    const start = this.text.length - this.text.trimStart().length
    const text = this.text.trim()
    const entities = this.entities.filter((entity) => {
      const from = Math.max(entity.offset - start, 0)
      const to = Math.min(entity.offset + entity.length - start, text.length)
      Object.assign(entity, { offset: from, length: to - from })
      return to > from
    })
    // Telegram asks for them in the order of their offsets, the outer ones first.
    return [text, entities.sort((a, b) => a.offset - b.offset || b.length - a.length)]
  }
}

interface Edge {
  readonly at: number
  readonly mark: string
  /** At the same place, what ends comes before what begins, and the inner of two is nearer to the text. */
  readonly order: readonly [begins: number, length: number, index: number]
}

/** Writes text with the marks of its entities; `escape` makes text that is none of a notation's marks. */
export function withMarks(
  text: string,
  entities: readonly Api.TypeMessageEntity[],
  marksOf: (entity: Api.TypeMessageEntity, inside: string) => Marks | undefined,
  escape: (text: string) => string = (part) => part,
): string {
  const edges: Edge[] = []
  for (const [index, entity] of entities.entries()) {
    const { offset, length } = entity
    const marks = marksOf(entity, text.slice(offset, offset + length))
    if (marks === undefined || length <= 0) continue
    edges.push({ at: offset, mark: marks[0], order: [1, -length, index] })
    edges.push({ at: offset + length, mark: marks[1], order: [0, length, -index] })
  }
  edges.sort((a, b) => a.at - b.at || a.order[0] - b.order[0] || a.order[1] - b.order[1] || a.order[2] - b.order[2])
  let written = ''
  let done = 0
  for (const { at, mark } of edges) {
    written += escape(text.slice(done, at)) + mark
    done = Math.max(done, at)
  }
  return written + escape(text.slice(done))
}
