import { pagePath } from '../catalog.js'
import { hex32 } from '../example/encode.js'
import type { Inline } from '../model/inline.js'
import type { BitWord, Block, ByteRow, Page } from '../model/page.js'
import { hexDump } from './hex.js'
import { relativePath } from './relative.js'

/** Wide enough for eight bytes and the number of those left out. */
const HEX_WIDTH = 22

/** A page as Markdown that any reader of Markdown renders: ordinary tables, fenced code, relative links. */
export function writeMarkdown(page: Page, footer: readonly string[]): string {
  const parts = [`# ${escapeText(page.title)}`, ...page.lead.map((block) => writeBlock(block, page.path))]
  for (const section of page.sections) {
    parts.push(`## ${escapeText(section.title)}`, ...section.blocks.map((block) => writeBlock(block, page.path)))
  }
  parts.push('---', ...footer)
  return `${parts.join('\n\n')}\n`
}

function writeBlock(block: Block, from: string): string {
  switch (block.kind) {
    case 'paragraph':
      return inlineMarkdown(block.content, from)
    case 'note':
      return `> ${inlineMarkdown(block.content, from)}`
    case 'code':
      return fenced(block.language, block.source)
    case 'tabs':
      return block.tabs.map((tab) => `**${tab.title}**\n\n${fenced(tab.language, tab.source)}`).join('\n\n')
    case 'table':
      return table(
        block.head,
        block.rows.map((row) => row.map((cell) => inlineMarkdown(cell, from))),
      )
    case 'list':
    case 'columns':
      return block.items.map((item) => `- ${inlineMarkdown(item, from)}`).join('\n')
    case 'bits':
      return block.words.map(bitTable).join('\n\n')
    case 'bytes':
      return fenced(
        'text',
        [...block.spans.map(byteLine), `${offset(block.length)}  end, ${block.length} bytes`].join('\n'),
      )
    case 'related':
      return block.pages
        .map(({ title, url, summary }) => `#### [${escapeText(title)}](${url})\n\n${escapeText(summary)}`)
        .join('\n\n')
    case 'cards':
      return block.cards
        .map(({ title, path, detail }) => `- [${escapeText(title)}](${relativePath(from, path)}.md): ${detail}`)
        .join('\n')
  }
}

export function inlineMarkdown(inlines: readonly Inline[], from: string): string {
  return inlines.map((inline) => writeInline(inline, from)).join('')
}

function writeInline(inline: Inline, from: string): string {
  switch (inline.kind) {
    case 'text':
      return escapeText(inline.text)
    case 'code':
      return codeSpan(inline.text)
    case 'strong':
      return wrapped('**', inlineMarkdown(inline.children, from))
    case 'emphasis':
      return wrapped('*', inlineMarkdown(inline.children, from))
    case 'deleted':
      return wrapped('~~', inlineMarkdown(inline.children, from))
    case 'break':
      return ' '
    case 'link':
      return `[${inlineMarkdown(inline.children, from)}](${address(inline.href)})`
    case 'reference':
      return `[${inlineMarkdown(inline.children, from)}](${address(`${relativePath(from, pagePath(inline.to))}.md`)})`
  }
}

/** Marks around text; blanks at the edges stay outside, or the marks would not count. */
function wrapped(mark: string, inner: string): string {
  const [, before = '', middle = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inner) ?? []
  return middle === '' ? inner : `${before}${mark}${middle}${mark}${after}`
}

function codeSpan(value: string): string {
  const inner = value.replaceAll('|', '\\|')
  return inner.includes('`') ? `\`\` ${inner} \`\`` : `\`${inner}\``
}

function escapeText(value: string): string {
  return value.replace(/[\\`*_[\]<>|~#]/g, '\\$&').replace(/&(?=\w+;)/g, '&amp;')
}

function address(href: string): string {
  return href.replace(/[()\s<>]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
}

function fenced(language: string, source: string): string {
  return `\`\`\`${language}\n${source}\n\`\`\``
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function bitTable({ name, value, bits }: BitWord): string {
  const heading =
    value === undefined ? `\`${name}\`` : `\`${name}\` = \`0b${value.toString(2)}\` = \`0x${hex32(value)}\``
  const rows = bits.map(({ bit, fields, set }) => [String(bit), fields.join(' + '), set ? '1' : '0'])
  return `${heading}\n\n${table(['Bit', 'Fields', 'In the example'], rows)}`
}

function byteLine({ offset: at, bytes, depth, label }: ByteRow): string {
  return `${offset(at)}  ${hexDump(bytes).padEnd(HEX_WIDTH)}  ${'  '.repeat(depth)}${label}`
}

function offset(value: number): string {
  return value.toString(16).padStart(4, '0')
}
