/** The HTML that Telegram's bots write: a few tags, which become the entities of a message. */
import * as Api from '../../../generated/api/index.js'
import { toBigInt } from '../../tl/long.js'
import { TextBuilder, withMarks, type FormattedText, type Marks } from './text-entities.js'

interface OpenTag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly start: number
  /** Of `<pre>`: what `<code class="language-...">` right inside it says. */
  language: string
}

const TAG = /<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>/gi
const ATTRIBUTE = /([a-z][\w-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi
const REFERENCE = /&(?:#(\d+)|#x([\da-f]+)|(lt|gt|amp|quot|apos|nbsp));/gi
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0' }
const HIGHEST = 0x10ffff
const LANGUAGE = /(?:^|\s)language-(\S+)/
/** Offset and length are set when the tag ends. */
const unplaced = { offset: 0, length: 0 }

export class HTMLParser {
  /**
   * Tags that Telegram does not know are left out; tags that are not closed end with the text.
   * @returns the text, and its entities in the order of their offsets
   */
  static parse(html: string): FormattedText {
    const builder = new TextBuilder()
    const open: OpenTag[] = []
    let done = 0
    for (const tag of html.matchAll(TAG)) {
      builder.text += plainText(html.slice(done, tag.index))
      done = tag.index + tag[0].length
      const name = tag[2]!.toLowerCase()
      if (tag[1] === '/') close(open, name, builder)
      else if (!tag[3]!.endsWith('/')) begin(open, name, attributesOf(tag[3]!), builder.text.length)
    }
    builder.text += plainText(html.slice(done))
    while (open.length > 0) close(open, open.at(-1)!.name, builder)
    return builder.trimmed()
  }

  static unparse(text: string, entities: readonly Api.TypeMessageEntity[] = []): string {
    return withMarks(text, entities, marksOf, escaped)
  }
}

function begin(open: OpenTag[], name: string, attributes: ReadonlyMap<string, string>, start: number): void {
  const outer = open.at(-1)
  if (name === 'code' && outer?.name === 'pre') {
    outer.language = LANGUAGE.exec(attributes.get('class') ?? '')?.[1] ?? ''
  }
  open.push({ name, attributes, start, language: '' })
}

/** Ends the innermost tag of this name and all that were opened in it; a tag that was not opened is left out. */
function close(open: OpenTag[], name: string, builder: TextBuilder): void {
  const at = open.map((tag) => tag.name).lastIndexOf(name)
  if (at === -1) return
  for (const tag of open.splice(at).reverse()) {
    const address = tag.name === 'a' ? /^mailto:([^?]+)/.exec(tag.attributes.get('href') ?? '')?.[1] : undefined
    if (address !== undefined) builder.text = builder.text.slice(0, tag.start) + address
    builder.close(entityOf(tag, open.at(-1)), tag.start)
  }
}

function entityOf(tag: OpenTag, outer: OpenTag | undefined): Api.TypeMessageEntity | undefined {
  const { name, attributes, language } = tag
  switch (name) {
    case 'b':
    case 'strong':
      return new Api.MessageEntityBold(unplaced)
    case 'i':
    case 'em':
      return new Api.MessageEntityItalic(unplaced)
    case 'u':
    case 'ins':
      return new Api.MessageEntityUnderline(unplaced)
    case 's':
    case 'del':
    case 'strike':
      return new Api.MessageEntityStrike(unplaced)
    case 'spoiler':
    case 'tg-spoiler':
      return new Api.MessageEntitySpoiler(unplaced)
    case 'span':
      return attributes.get('class') === 'tg-spoiler' ? new Api.MessageEntitySpoiler(unplaced) : undefined
    case 'blockquote':
      return new Api.MessageEntityBlockquote({ ...unplaced, collapsed: attributes.has('expandable') })
    case 'pre':
      return new Api.MessageEntityPre({ ...unplaced, language })
    case 'code':
      return outer?.name === 'pre' ? undefined : new Api.MessageEntityCode(unplaced)
    case 'a':
      return linkTo(attributes.get('href'))
    case 'tg-emoji': {
      const documentId = toBigInt(attributes.get('emoji-id'))
      return documentId === undefined ? undefined : new Api.MessageEntityCustomEmoji({ ...unplaced, documentId })
    }
    default:
      return undefined
  }
}

function linkTo(url: string | undefined): Api.TypeMessageEntity | undefined {
  if (url === undefined || url === '') return undefined
  return url.startsWith('mailto:')
    ? new Api.MessageEntityEmail(unplaced)
    : new Api.MessageEntityTextUrl({ ...unplaced, url })
}

function marksOf(entity: Api.TypeMessageEntity, inside: string): Marks | undefined {
  switch (entity.className) {
    case 'MessageEntityBold':
      return around('strong')
    case 'MessageEntityItalic':
      return around('em')
    case 'MessageEntityUnderline':
      return around('u')
    case 'MessageEntityStrike':
      return around('del')
    case 'MessageEntitySpoiler':
      return around('spoiler')
    case 'MessageEntityCode':
      return around('code')
    case 'MessageEntityBlockquote':
      return around('blockquote', entity.collapsed ? ' expandable' : '')
    case 'MessageEntityPre': {
      const { language } = entity
      return language === ''
        ? around('pre')
        : [`<pre><code class="language-${escaped(language)}">`, '</code></pre>']
    }
    case 'MessageEntityTextUrl':
      return around('a', ` href="${escaped(entity.url)}"`)
    case 'MessageEntityUrl':
      return around('a', ` href="${escaped(inside)}"`)
    case 'MessageEntityEmail':
      return around('a', ` href="mailto:${escaped(inside)}"`)
    case 'MessageEntityMentionName':
      return around('a', ` href="tg://user?id=${String(entity.userId)}"`)
    case 'MessageEntityCustomEmoji':
      return around('tg-emoji', ` emoji-id="${String(entity.documentId)}"`)
    default:
      return undefined
  }
}

function around(name: string, attributes = ''): Marks {
  return [`<${name}${attributes}>`, `</${name}>`]
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name, ...values] of text.matchAll(ATTRIBUTE)) {
    attributes.set(name!.toLowerCase(), plainText(values.find((value) => value !== undefined) ?? ''))
  }
  return attributes
}

function plainText(html: string): string {
  return html.replace(REFERENCE, (reference, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()]!
    const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal)
    return code > HIGHEST ? reference : String.fromCodePoint(code)
  })
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
}
