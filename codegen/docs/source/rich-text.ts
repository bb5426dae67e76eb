import type { Inline, Reference } from '../model/inline.js'

/** Finds the page behind a name as a description writes it; undefined where there is none. */
export interface NameResolver {
  /** `RawUser`, `messages.RawSendMessageRequest`, `TypeInputPeer` of a `{@link ...}`. */
  linked(name: string): Reference | undefined
  /** A definition by its TL name, as the addresses of core.telegram.org spell it. */
  definition(kind: 'method' | 'constructor' | 'type', tlName: string): Reference | undefined
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  raquo: '»',
  laquo: '«',
  hellip: '…',
  mdash: '—',
  ndash: '–',
}
const KNOWN_TAGS = new Set([
  'a',
  'code',
  'pre',
  'br',
  'strong',
  'b',
  'em',
  'i',
  'u',
  'del',
  's',
  'img',
  'blockquote',
  'p',
])
const TOKEN = /<\/?([a-zA-Z][\w-]*)((?:\s[^<>]*)?)\/?>|\{@link\s+([\w.]+)\s*\}|\[([^\][]+)\]\((https?:\/\/[^\s)]+)\)/g
const DEFINITION_ADDRESS = /^https?:\/\/core(?:fork)?\.telegram\.org\/(method|constructor|type)\/([\w.]+)$/

interface Open {
  readonly tag: string
  readonly attributes: string
  readonly children: Inline[]
}

/**
 * Reads the small HTML of a description; those of errors write links as Markdown does. Anything that is no known tag is
 * text: `&lt;user_id&gt;` and a stray `<dc_id>` stay visible. Every tag is closed at the end, whatever the text forgot.
 */
export function parseRichText(html: string, names: NameResolver): Inline[] {
  const stack: Open[] = [{ tag: '', attributes: '', children: [] }]
  const top = (): Open => stack[stack.length - 1] as Open
  const addText = (raw: string): void => {
    const value = decodeEntities(raw).replace(/\s+/g, ' ')
    if (value !== '') top().children.push({ kind: 'text', text: value })
  }
  const close = (): void => {
    const open = stack.pop() as Open
    top().children.push(...element(open, names))
  }

  let position = 0
  for (const match of html.matchAll(TOKEN)) {
    const [token, tagName = '', attributes = '', linkName, label, address] = match
    const tag = tagName.toLowerCase()
    if (linkName === undefined && address === undefined && !KNOWN_TAGS.has(tag)) continue
    addText(html.slice(position, match.index))
    position = match.index + token.length
    if (linkName !== undefined) top().children.push(linkTo(linkName, names))
    else if (address !== undefined)
      top().children.push(...anchor(address, [{ kind: 'text', text: label ?? address }], names))
    else if (tag === 'br') top().children.push({ kind: 'break' })
    else if (tag === 'img') addText(/alt="([^"]*)"/.exec(attributes)?.[1] ?? '')
    else if (!token.startsWith('</')) stack.push({ tag, attributes, children: [] })
    else if (stack.some((open) => open.tag === tag)) {
      while (top().tag !== tag) close()
      close()
    }
  }
  addText(html.slice(position))
  while (stack.length > 1) close()
  return trimmed(top().children)
}

function element({ tag, attributes, children }: Open, names: NameResolver): Inline[] {
  switch (tag) {
    case 'a':
      return anchor(/href="([^"]*)"/.exec(attributes)?.[1] ?? '', children, names)
    case 'code':
    case 'pre':
      return codeOf(children)
    case 'strong':
    case 'b':
      return [{ kind: 'strong', children }]
    case 'em':
    case 'i':
    case 'u':
      return [{ kind: 'emphasis', children }]
    case 'del':
    case 's':
      return [{ kind: 'deleted', children }]
    case 'blockquote':
    case 'p':
      return [{ kind: 'break' }, ...children, { kind: 'break' }]
    default:
      return children
  }
}

/** Links to Telegram's pages of single definitions lead to the pages of this reference instead. */
function anchor(rawHref: string, children: readonly Inline[], names: NameResolver): Inline[] {
  const href = decodeEntities(rawHref).replace('://corefork.telegram.org', '://core.telegram.org')
  const [, kind, name] = DEFINITION_ADDRESS.exec(href.replace(/[#?].*$/, '')) ?? []
  const to = name === undefined ? undefined : names.definition(kind as 'method' | 'constructor' | 'type', name)
  if (to !== undefined) return [{ kind: 'reference', to, children }]
  return /^https?:\/\//.test(href) ? [{ kind: 'link', href, children }] : [...children]
}

function codeOf(children: readonly Inline[]): Inline[] {
  if (children.every((child) => child.kind === 'text')) {
    return [
      {
        kind: 'code',
        text: children
          .map((child) => child.text)
          .join('')
          .trim(),
      },
    ]
  }
  return children.map((child) => {
    if (child.kind === 'text') return { kind: 'code', text: child.text }
    return child.kind === 'link' || child.kind === 'reference' ? { ...child, children: codeOf(child.children) } : child
  })
}

function linkTo(name: string, names: NameResolver): Inline {
  const to = names.linked(name)
  if (to !== undefined) return { kind: 'reference', to, children: [{ kind: 'text', text: to.name }] }
  return { kind: 'code', text: name.replace(/(^|\.)(?:Raw|Type)/, '$1').replace(/Request$/, '') }
}

function decodeEntities(raw: string): string {
  return raw.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    return ENTITIES[name ?? ''] ?? whole
  })
}

function trimmed(inlines: readonly Inline[]): Inline[] {
  const result = [...inlines]
  const blank = (inline: Inline | undefined): boolean =>
    inline?.kind === 'break' || (inline?.kind === 'text' && inline.text.trim() === '')
  while (blank(result[0])) result.shift()
  while (blank(result.at(-1))) result.pop()
  return result
}
