import { escapeHtml } from './escape.js'

const SCRIPT =
  /(\/\/[^\n]*)|('(?:[^'\\\n]|\\.)*')|\b(const|new|await|async|function|import|from|require|try|catch|throw|if|true|false)\b|\b(\d+(?:\.\d+)?)\b/g
const TL = /#([0-9a-f]+)\b|(\w+):/g

/** Marks comments, strings, keywords and numbers of an example; in TL, the id and the names of fields. */
export function highlight(language: string, source: string): string {
  const pattern = language === 'tl' ? TL : SCRIPT
  const classes = language === 'tl' ? ['n', 'f'] : ['c', 's', 'k', 'n']
  let result = ''
  let position = 0
  for (const match of source.matchAll(pattern)) {
    const group = match.slice(1).findIndex((part) => part !== undefined)
    result += `${escapeHtml(source.slice(position, match.index))}<span class="${classes[group]}">${escapeHtml(match[0])}</span>`
    position = match.index + match[0].length
  }
  return result + escapeHtml(source.slice(position))
}
