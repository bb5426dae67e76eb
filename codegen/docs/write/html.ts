import { pagePath } from '../catalog.js'
import type { Inline } from '../model/inline.js'
import type { Block, Page, Section, Tab } from '../model/page.js'
import { element, openTag, rowElement, tableElement } from './element.js'
import { escapeHtml } from './escape.js'
import { highlight } from './highlight.js'
import { bitMap, byteTable } from './html-bits.js'
import { relativePath } from './relative.js'

/** The body of a page: heading, lead and sections. The frame around it is in layout.ts. */
export function writeArticle(page: Page): string {
  const { path } = page
  return [
    element('p', { class: 'kicker' }, escapeHtml(page.kicker)),
    element('h1', {}, breakable(escapeHtml(page.title))),
    ...page.lead.map((block) => writeBlock(block, path, 'lead')),
    ...page.sections.map((section) => writeSection(section, path)),
  ].join('\n')
}

function writeSection({ id, title, blocks }: Section, from: string): string {
  const heading = element('h2', { id }, element('a', { href: `#${id}` }, breakable(escapeHtml(title))))
  const body = blocks.map((block) => writeBlock(block, from, id)).join('\n')
  return element('section', { 'aria-labelledby': id }, '\n', heading, '\n', body, '\n')
}

function writeBlock(block: Block, from: string, section: string): string {
  const items = (all: readonly (readonly Inline[])[]): string[] =>
    all.map((item) => element('li', {}, inlineHtml(item, from)))
  switch (block.kind) {
    case 'paragraph':
      return element('p', {}, inlineHtml(block.content, from))
    case 'note':
      return element('p', { class: 'note' }, inlineHtml(block.content, from))
    case 'code':
      return codeBlock(block.language, block.source)
    case 'tabs':
      return tabs(block.tabs)
    case 'table': {
      const rows = block.rows.map((row) =>
        rowElement(
          {},
          row.map((cell) => inlineHtml(cell, from)),
        ),
      )
      return tableElement(`t-${section}`, block.head, rows)
    }
    case 'list':
      return element('ul', {}, ...items(block.items))
    case 'columns':
      return element('ul', { class: 'columns' }, ...items(block.items))
    case 'bits':
      return block.words.map(bitMap).join('\n')
    case 'bytes':
      return byteTable(block.spans, block.length, from)
    case 'related':
      return cards(block.pages.map(({ title, url, summary }) => ({ title, href: url, detail: summary })))
    case 'cards':
      return cards(
        block.cards.map(({ title, path, detail }) => ({ title, href: `${relativePath(from, path)}.html`, detail })),
      )
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
      return element('code', {}, escapeHtml(inline.text))
    case 'strong':
      return element('strong', {}, inlineHtml(inline.children, from))
    case 'emphasis':
      return element('em', {}, inlineHtml(inline.children, from))
    case 'deleted':
      return element('del', {}, inlineHtml(inline.children, from))
    case 'break':
      return '<br>'
    case 'link':
      return element('a', { href: inline.href }, inlineHtml(inline.children, from))
    case 'reference': {
      const href = `${encodeURI(relativePath(from, pagePath(inline.to)))}.html`
      return element('a', { href }, inlineHtml(inline.children, from))
    }
  }
}

/** Long names in headings may break after a dot or an underscore, so that they fit a phone. */
function breakable(html: string): string {
  return html.length > 20 ? html.replace(/([._])(?=\w)/g, '$1<wbr>') : html
}

function codeBlock(language: string, source: string): string {
  return element('pre', { class: language, tabindex: 0 }, element('code', {}, highlight(language, source)))
}

/** Radio buttons switch the panels, so that it works without a script. */
function tabs(all: readonly Tab[]): string {
  const buttons = all.map(({ title }, index) => {
    const id = `tab-${index}`
    const input = openTag('input', { type: 'radio', name: 'tab', id, value: title, checked: index === 0 })
    return input + element('label', { for: id }, escapeHtml(title))
  })
  const panels = all.map(({ language, source }) => element('div', { class: 'panel' }, codeBlock(language, source)))
  return element('fieldset', { class: 'tabs' }, element('legend', {}, 'Language of the example'), ...buttons, ...panels)
}

interface CardLink {
  readonly title: string
  readonly href: string
  readonly detail: string
}

function cards(all: readonly CardLink[]): string {
  const items = all.map(({ title, href, detail }) =>
    element('li', {}, element('a', { href }, escapeHtml(title)), element('span', {}, escapeHtml(detail))),
  )
  return element('ul', { class: 'cards' }, ...items)
}
