/** A printed file as it is written: with its provenance, in the style of this code base. */
export const finishText = (text: string, provenance: string): string => `// ${provenance}\n\n${houseStyle(text)}`

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
