import { pagePath } from '../catalog.js'
import { hex32 } from '../example/encode.js'
import type { BitWord, ByteRow } from '../model/page.js'
import { element, rowElement, tableElement } from './element.js'
import { escapeHtml } from './escape.js'
import { hexDump } from './hex.js'
import { relativePath } from './relative.js'

const WORD_BITS = 32
/** Indentations that the style sheet knows. */
const MAX_INDENT = 6

/** All 32 bits as a strip, high bits first, and below it what each used one stands for. */
export function bitMap({ name, value, bits }: BitWord): string {
  const used = new Map(bits.map((use) => [use.bit, use]))
  const strip = Array.from({ length: WORD_BITS }, (_, index) => {
    const use = used.get(WORD_BITS - 1 - index)
    return element('i', { class: use === undefined ? undefined : use.set ? 'on' : 'used' })
  })
  const rows = bits.map(({ bit, fields, set }) => {
    const names = fields.map((field) => element('code', {}, escapeHtml(field)))
    return rowElement({ class: set && 'on' }, [String(bit), names.join(' + '), set ? '1' : '0'])
  })
  const code = (text: string): string => element('code', {}, escapeHtml(text))
  const shown =
    value === undefined ? '' : ` = ${code(`0b${value.toString(2)}`)} = ${code(`0x${hex32(value)}`)} in the example`
  return [
    element('p', { class: 'word' }, code(name), shown),
    element('div', { class: 'strip', 'aria-hidden': 'true' }, ...strip),
    tableElement('t-bits', ['Bit', 'Fields', 'Example'], rows),
  ].join('\n')
}

/** Offset, hex and meaning of every run of bytes. */
export function byteTable(spans: readonly ByteRow[], length: number, from: string): string {
  const rows = spans.map(({ offset, bytes, depth, label, to }) => {
    const shown = escapeHtml(label)
    const href = to && `${encodeURI(relativePath(from, pagePath(to)))}.html`
    const field = href === undefined ? shown : element('a', { href }, shown)
    return element(
      'tr',
      {},
      element('td', {}, offset.toString(16).padStart(4, '0')),
      element('td', {}, hexDump(bytes)),
      element('td', { class: depth > 0 && `d${Math.min(depth, MAX_INDENT)}` }, field),
    )
  })
  const region = { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Bytes of the example' }
  return [
    element('div', region, tableElement('t-bytes', ['Offset', 'Bytes', 'Field'], rows)),
    element('p', { class: 'length' }, `${length} bytes`),
  ].join('\n')
}
