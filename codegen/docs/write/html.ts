import { pagePath } from '../catalog.js'
import { hex32 } from '../example/encode.js'
import type { Inline } from '../model/inline.js'
import type { BitWord, Block, ByteRow, Page, Section, Tab } from '../model/page.js'
import { escapeHtml } from './escape.js'
import { hexDump } from './hex.js'
import { highlight } from './highlight.js'
import { relativePath } from './relative.js'

/** The body of a page: heading, lead and sections. The frame around it is in layout.ts. */
export function writeArticle(page: Page): string {
  const { path } = page
  return [
    `<p class="kicker">${escapeHtml(page.kicker)}</p>`,
    `<h1>${breakable(escapeHtml(page.title))}</h1>`,
    ...page.lead.map((block) => writeBlock(block, path, 'lead')),
    ...page.sections.map((section) => writeSection(section, path)),
  ].join('\n')
}

function writeSection({ id, title, blocks }: Section, from: string): string {
  const body = blocks.map((block) => writeBlock(block, from, id)).join('\n')
  return `<section aria-labelledby="${id}">\n<h2 id="${id}"><a href="#${id}">${breakable(escapeHtml(title))}</a></h2>\n${body}\n</section>`
}

function writeBlock(block: Block, from: string, section: string): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${inlineHtml(block.content, from)}</p>`
    case 'note':
      return `<p class="note">${inlineHtml(block.content, from)}</p>`
    case 'code':
      return codeBlock(block.language, block.source)
    case 'tabs':
      return tabs(block.tabs)
    case 'table':
      return table(block.head, block.rows.map((row) => row.map((cell) => inlineHtml(cell, from))), section)
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${inlineHtml(item, from)}</li>`).join('')}</ul>`
    case 'columns':
      return `<ul class="columns">${block.items.map((item) => `<li>${inlineHtml(item, from)}</li>`).join('')}</ul>`
    case 'bits':
      return block.words.map(bitMap).join('\n')
    case 'bytes':
      return byteTable(block.spans, block.length, from)
    case 'related':
      return `<ul class="cards">${block.pages
        .map(({ title, url, summary }) => `<li><a href="${escapeHtml(url)}">${escapeHtml(title)}</a><span>${escapeHtml(summary)}</span></li>`)
        .join('')}</ul>`
    case 'cards':
      return `<ul class="cards">${block.cards
        .map(({ title, path, detail }) => `<li><a href="${relativePath(from, path)}.html">${escapeHtml(title)}</a><span>${escapeHtml(detail)}</span></li>`)
        .join('')}</ul>`
  }
}

export function inlineHtml(inlines: readonly Inline[], from: string): string {
  return inlines.map((inline) => writeInline(inline, from)).join('')
}

function writeInline(inline: Inline, from: string): string {
  switch (inline.kind) {
    case 'text':
      return escapeHtml(inline.text)
    case 'code':
      return `<code>${escapeHtml(inline.text)}</code>`
    case 'strong':
      return `<strong>${inlineHtml(inline.children, from)}</strong>`
    case 'emphasis':
      return `<em>${inlineHtml(inline.children, from)}</em>`
    case 'deleted':
      return `<del>${inlineHtml(inline.children, from)}</del>`
    case 'break':
      return '<br>'
    case 'link':
      return `<a href="${escapeHtml(inline.href)}">${inlineHtml(inline.children, from)}</a>`
    case 'reference':
      return `<a href="${encodeURI(relativePath(from, pagePath(inline.to)))}.html">${inlineHtml(inline.children, from)}</a>`
  }
}

/** Long names in headings may break after a dot or an underscore, so that they fit a phone. */
function breakable(html: string): string {
  return html.length > 20 ? html.replace(/([._])(?=\w)/g, '$1<wbr>') : html
}

function codeBlock(language: string, source: string): string {
  return `<pre class="${language}" tabindex="0"><code>${highlight(language, source)}</code></pre>`
}

/** Radio buttons switch the panels, so that it works without a script. */
function tabs(all: readonly Tab[]): string {
  const inputs = all.map(
    ({ title }, index) =>
      `<input type="radio" name="tab" id="tab-${index}" value="${escapeHtml(title)}"${index === 0 ? ' checked' : ''}><label for="tab-${index}">${escapeHtml(title)}</label>`,
  )
  const panels = all.map(({ language, source }) => `<div class="panel">${codeBlock(language, source)}</div>`)
  return `<fieldset class="tabs"><legend>Language of the example</legend>${inputs.join('')}${panels.join('')}</fieldset>`
}

function table(head: readonly string[], rows: readonly (readonly string[])[], section: string): string {
  const heads = head.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')
  return `<table class="t-${section}"><thead><tr>${heads}</tr></thead><tbody>\n${body}\n</tbody></table>`
}

/** All 32 bits as a strip, high bits first, and below it what each used one stands for. */
function bitMap({ name, value, bits }: BitWord): string {
  const used = new Map(bits.map((use) => [use.bit, use]))
  const strip = Array.from({ length: 32 }, (_, index) => {
    const use = used.get(31 - index)
    return use === undefined ? '<i></i>' : use.set ? '<i class="on"></i>' : '<i class="used"></i>'
  })
  const rows = bits.map(
    ({ bit, fields, set }) =>
      `<tr${set ? ' class="on"' : ''}><td>${bit}</td><td>${fields.map((field) => `<code>${escapeHtml(field)}</code>`).join(' + ')}</td><td>${set ? 1 : 0}</td></tr>`,
  )
  const shown = value === undefined ? '' : ` = <code>0b${value.toString(2)}</code> = <code>0x${hex32(value)}</code> in the example`
  return [
    `<p class="word"><code>${escapeHtml(name)}</code>${shown}</p>`,
    `<div class="strip" aria-hidden="true">${strip.join('')}</div>`,
    `<table class="t-bits"><thead><tr><th scope="col">Bit</th><th scope="col">Fields</th><th scope="col">Example</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  ].join('\n')
}

function byteTable(spans: readonly ByteRow[], length: number, from: string): string {
  const rows = spans.map(({ offset, bytes, depth, label, to }) => {
    const shown = escapeHtml(label)
    const text = to === undefined ? shown : `<a href="${encodeURI(relativePath(from, pagePath(to)))}.html">${shown}</a>`
    return `<tr><td>${offset.toString(16).padStart(4, '0')}</td><td>${hexDump(bytes)}</td><td${depth > 0 ? ` class="d${Math.min(depth, 6)}"` : ''}>${text}</td></tr>`
  })
  return [
    '<div class="scroll" tabindex="0" role="region" aria-label="Bytes of the example">',
    '<table class="t-bytes"><thead><tr><th scope="col">Offset</th><th scope="col">Bytes</th><th scope="col">Field</th></tr></thead><tbody>',
    rows.join('\n'),
    `</tbody></table></div>\n<p class="length">${length} bytes</p>`,
  ].join('\n')
}
