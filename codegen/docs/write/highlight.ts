import { element } from './element.js'
import { escapeHtml } from './escape.js'

const KEYWORDS = 'const|new|await|async|function|import|from|require|try|catch|throw|if|true|false'
/** A comment, a string, a keyword, a number: in this order of the groups. */
const SCRIPT = new RegExp(
  ['(//[^\\n]*)', "('(?:[^'\\\\\\n]|\\\\.)*')", `\\b(${KEYWORDS})\\b`, '\\b(\\d+(?:\\.\\d+)?)\\b'].join('|'),
  'g',
)
const SCRIPT_CLASSES = ['c', 's', 'k', 'n'] as const
/** An id, the name of a field. */
const TL = /#([0-9a-f]+)\b|(\w+):/g
const TL_CLASSES = ['n', 'f'] as const

/** Marks comments, strings, keywords and numbers of an example; in TL, the id and the names of fields. */
export function highlight(language: string, source: string): string {
  const [pattern, classes] = language === 'tl' ? [TL, TL_CLASSES] : [SCRIPT, SCRIPT_CLASSES]
  let result = ''
  let position = 0
  for (const match of source.matchAll(pattern)) {
    const group = match.slice(1).findIndex((part) => part !== undefined)
    const marked = element('span', { class: classes[group] }, escapeHtml(match[0]))
    result += escapeHtml(source.slice(position, match.index)) + marked
    position = match.index + match[0].length
  }
  return result + escapeHtml(source.slice(position))
}
