import { IndentationText, NewLineKind, Project, QuoteKind } from './ts-morph.js'
import type { Project as ProjectType, StatementStructures, WriterFunction } from 'ts-morph'
import { finishText } from './house-style.js'
import type { FileStatements } from './module-statements.js'

/** Without a file system and without libraries. It prints, and never gets to hold a file. */
const project: ProjectType = new Project({
  useInMemoryFileSystem: true,
  skipLoadingLibFiles: true,
  manipulationSettings: {
    indentationText: IndentationText.TwoSpaces,
    newLineKind: NewLineKind.LineFeed,
    quoteKind: QuoteKind.Single,
  },
})

/** Structures to text, by path. */
export function printFiles(files: Iterable<FileStatements>, provenance: string): ReadonlyMap<string, string> {
  return new Map([...rawTexts(files)].map(([path, text]) => [path, finishText(text, provenance)]))
}

/** What ts-morph makes of the structures, by path. */
export function rawTexts(files: Iterable<FileStatements>): ReadonlyMap<string, string> {
  return new Map([...files].map(([path, statements]) => [path, printStatements(path, statements)]))
}

/** Not an error: ends the making of a source file when its text is there. */
class Printed {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/**
 * The text alone. ts-morph would go on and parse what it has printed, which takes as long again as all the printing and
 * keeps every tree in memory; a last statement, which is written when all others are, takes the text and ends it there.
 */
function printStatements(path: string, statements: readonly StatementStructures[]): string {
  const takeText: WriterFunction = (writer) => {
    throw new Printed(writer.toString())
  }
  try {
    project.createSourceFile(path, { statements: [...statements, takeText] })
  } catch (caught) {
    if (caught instanceof Printed) return `${caught.text.trimEnd()}\n`
    throw caught
  }
  throw new Error(`${path} was not printed`)
}
