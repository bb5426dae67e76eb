/** The width that generated lines keep to. */
export const LINE_WIDTH = 120

/** A union on one line where it fits behind `before`, and one member a line where it does not. */
export function union(members: readonly string[], before: number): string {
  const line = members.join(' | ')
  return before + line.length <= LINE_WIDTH ? line : members.map((member) => `\n  | ${member}`).join('')
}

/** Words in lines that fit into a comment at the given indentation. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return line === '' ? lines : [...lines, line]
}
