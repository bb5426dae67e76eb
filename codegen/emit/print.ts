import { IndentationText, NewLineKind, Project, QuoteKind } from 'ts-morph'
import type { StatementStructures } from 'ts-morph'

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
    const source = project.createSourceFile(path, { statements: [...statements] })
    printed.set(path, `// ${provenance}\n\n${houseStyle(source.getFullText())}`)
  }
  return printed
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
