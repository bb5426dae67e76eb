import { IndentationText, NewLineKind, Project, QuoteKind } from './ts-morph.js'
import type { Project as ProjectType, StatementStructures, WriterFunction } from 'ts-morph'
import { lighten } from './lighten.js'

/** Structures to text, all files in one project in memory. */
export function printFiles(files: ReadonlyMap<string, readonly StatementStructures[]>, provenance: string): ReadonlyMap<string, string> {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: {
      indentationText: IndentationText.TwoSpaces,
      newLineKind: NewLineKind.LineFeed,
      quoteKind: QuoteKind.Single,
    },
  })
  const printed = new Map<string, string>()
  for (const [path, statements] of files) {
    printed.set(path, `// ${provenance}\n\n${houseStyle(printStatements(project, path, statements))}`)
  }
  return printed
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
function printStatements(project: ProjectType, path: string, statements: readonly StatementStructures[]): string {
  const takeText: WriterFunction = (writer) => {
    throw new Printed(writer.toString())
  }
  try {
    project.createSourceFile(path, { statements: [...statements.map(lighten), takeText] })
  } catch (caught) {
    if (caught instanceof Printed) return `${caught.text.trimEnd()}\n`
    throw caught
  }
  throw new Error(`${path} was not printed`)
}

/**
 * What the printer does differently from the rest of this code base: semicolons (comments keep theirs), no empty line
 * behind the imports, and one level too much inside unions and the types of parameters.
 */
function houseStyle(text: string): string {
  const lines: string[] = []
  let insideParameter = false
  for (const line of text.split('\n')) {
    const previous = lines.at(-1) ?? ''
    if (isModuleLine(previous) && !isModuleLine(line) && line !== '') lines.push('')
    const bare = /^\s*(?:\/\/|\*|\/\*)/.test(line) ? line : line.replace(/;$/, '').trimEnd().replace(/^ {4}\| /, '  | ')
    lines.push(insideParameter ? bare.replace(/^ {2}/, '') : bare)
    if (/^ {2}constructor\(args: [{(]$/.test(line)) insideParameter = true
    else if (/\) \{$/.test(line)) insideParameter = false
  }
  return lines.join('\n')
}

const isModuleLine = (line: string): boolean => /^import |^export .* from /.test(line)
