/** The short notation of GramJS: `**bold**`, `__italic__`, `~~struck~~`, code in one backtick or in three. */
import * as Api from '../../../generated/api/index.js'
import { TextBuilder, withMarks, type FormattedText, type Marks } from './text-entities.js'

type Delimited =
  | typeof Api.MessageEntityBold
  | typeof Api.MessageEntityItalic
  | typeof Api.MessageEntityStrike
  | typeof Api.MessageEntityCode
  | typeof Api.MessageEntityPre

export const DEFAULT_DELIMITERS: Readonly<Record<string, Delimited>> = {
  '**': Api.MessageEntityBold,
  __: Api.MessageEntityItalic,
  '~~': Api.MessageEntityStrike,
  '`': Api.MessageEntityCode,
  '```': Api.MessageEntityPre,
}

const DELIMITER = /\*\*|__|~~|```|`/g
/** `js` of a block whose first line is nothing else. */
const LANGUAGE = /^([\w+#-]+)\n/
const unplaced = { offset: 0, length: 0 }

interface Opened {
  readonly delimiter: string
  /** In the text that is being built. */
  readonly start: number
}

export class MarkdownParser {
  /** What is not closed, or closed in the wrong order, stays as it is; in code everything does. */
  static parse(markdown: string): FormattedText {
    const builder = new TextBuilder()
    const open: Opened[] = []
    DELIMITER.lastIndex = 0
    let done = 0
    for (let found; (found = DELIMITER.exec(markdown)) !== null; ) {
      const [delimiter] = found
      builder.text += markdown.slice(done, found.index)
      done = DELIMITER.lastIndex
      const start = builder.text.length
      const closesAt = markdown.indexOf(delimiter, done)
      if (open.at(-1)?.delimiter === delimiter) {
        builder.close(entityOf(delimiter), open.pop()!.start)
      } else if (closesAt === -1 || open.some((each) => each.delimiter === delimiter)) {
        builder.text += delimiter
      } else if (delimiter.startsWith('`')) {
        const code = markdown.slice(done, closesAt)
        const language = delimiter === '```' ? (LANGUAGE.exec(code)?.[1] ?? '') : ''
        builder.text += language === '' ? code : code.slice(language.length + 1)
        builder.close(entityOf(delimiter, language), start)
        DELIMITER.lastIndex = done = closesAt + delimiter.length
      } else {
        open.push({ delimiter, start })
      }
    }
    builder.text += markdown.slice(done)
    for (const { delimiter, start } of open.reverse()) builder.insert(delimiter, start)
    return builder.trimmed()
  }

  /** Entities for which there is no notation, such as links, are left out. */
  static unparse(text: string, entities: readonly Api.TypeMessageEntity[] = []): string {
    return withMarks(text, entities, marksOf)
  }
}

function entityOf(delimiter: string, language: string = ''): Api.TypeMessageEntity {
  const Entity = DEFAULT_DELIMITERS[delimiter]!
  return Entity === Api.MessageEntityPre
    ? new Api.MessageEntityPre({ ...unplaced, language })
    : new (Entity as typeof Api.MessageEntityBold)(unplaced)
}

function marksOf(entity: Api.TypeMessageEntity): Marks | undefined {
  const found = Object.entries(DEFAULT_DELIMITERS).find(([, { className }]) => className === entity.className)
  if (found === undefined) return undefined
  const [delimiter] = found
  const language = 'language' in entity && entity.language !== '' ? `${entity.language}\n` : ''
  return [delimiter + language, delimiter]
}
