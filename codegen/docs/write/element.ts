import { escapeHtml } from './escape.js'

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** One element around content that is HTML already. `true` writes a bare attribute, `false` and undefined none. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  return `${openTag(name, attributes)}${content.join('')}</${name}>`
}

export function openTag(name: string, attributes: Attributes): string {
  let result = `<${name}`
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    result += value === true ? ` ${key}` : ` ${key}="${escapeHtml(String(value))}"`
  }
  return `${result}>`
}

/** A table from finished cells. */
export function tableElement(className: string, head: readonly string[], rows: readonly string[]): string {
  const heads = head.map((title) => element('th', { scope: 'col' }, escapeHtml(title)))
  const body = element('tbody', {}, '\n', rows.join('\n'), '\n')
  return element('table', { class: className }, element('thead', {}, element('tr', {}, ...heads)), body)
}

export function rowElement(attributes: Attributes, cells: readonly string[]): string {
  return element('tr', attributes, ...cells.map((cell) => element('td', {}, cell)))
}
