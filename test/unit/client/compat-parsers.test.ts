import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Api, utils } from '../../../src/entry/index.js'
import { HTMLParser } from '../../../src/entry/extensions/html.js'
import { MarkdownParser } from '../../../src/entry/extensions/markdown.js'
import { _parseMessageText, DEFAULT_DELIMITERS } from '../../../src/entry/client/messageParse.js'
import type { FormattedText } from '../../../src/entry/client/messageParse.js'

interface Parser {
  parse(text: string): [string, object[]]
}
const require = createRequire(import.meta.url)
const theirs = {
  ...(require('telegram/extensions/html') as { HTMLParser: Parser }),
  ...(require('telegram/extensions/markdown') as { MarkdownParser: Parser }),
  ...(require('telegram/client/messageParse') as { DEFAULT_DELIMITERS: object }),
}

const FIELDS = ['className', 'offset', 'length', 'url', 'language', 'documentId', 'collapsed'] as const

/** The text and, of each entity, what says something, in one order. */
function plain([text, entities]: FormattedText | [string, object[]]): unknown {
  const described = entities.map((entity) =>
    FIELDS.map((name) => [name, (entity as Record<string, unknown>)[name]])
      .filter(([, value]) => value !== undefined && value !== false && value !== '')
      .map(([name, value]) => `${String(name)} ${String(value)}`)
      .join(', '),
  )
  return [text, described.sort()]
}

describe('HTML', () => {
  it.each([
    '<b>x</b>',
    '<strong>a<em>b</em></strong>',
    '<u>u</u><s>s</s><del>d</del>',
    '<i>😀x</i>',
    '<a href="https://e.org/?a=1&amp;b=2">l</a>',
    '<a href="mailto:a@b.c">m</a>',
    '<a href="tg://user?id=5">u</a>',
    '<code>x &lt; y</code>',
    '<pre>p</pre>',
    '<pre><code class="language-js">p</code></pre>',
    '<blockquote>q</blockquote><blockquote expandable>r</blockquote>',
    '<spoiler>s</spoiler>',
    '<tg-emoji emoji-id="5">x</tg-emoji>',
    'a<br>b',
    '<b>un',
    '  <b> x </b>  ',
    '<x>y</x>',
    'a & b < c',
    '',
    '<b>a</b>\n\n',
    'x</b>y',
    "<a href='x'>q</a>",
    '1 < 2 <b>x</b> > 0',
  ])('%j is read as existing packages read it', (html) => {
    expect(plain(HTMLParser.parse(html))).toEqual(plain(theirs.HTMLParser.parse(html)))
  })
  it('has the tags of the Bot API, too', () => {
    for (const html of ['<tg-spoiler>s</tg-spoiler>', '<span class="tg-spoiler">s</span>'])
      expect(HTMLParser.parse(html)[1]).toEqual([new Api.MessageEntitySpoiler({ offset: 0, length: 1 })])
    const [text, entities] = HTMLParser.parse('<ins>x</ins><strike>y</strike><span>z</span>')
    expect(text).toBe('xyz')
    expect(entities.map(({ className }) => className)).toEqual(['MessageEntityUnderline', 'MessageEntityStrike'])
  })
  it('reads references, and leaves what is none', () => {
    expect(HTMLParser.parse('&#128512;&#x41;&quot;&bogus;&#99999999;')[0]).toBe('😀A"&bogus;&#99999999;')
  })
  it('has no entities of nothing, and puts the outer ones first', () => {
    expect(HTMLParser.parse('<b></b><i> </i>x<tg-emoji emoji-id="y">z</tg-emoji><a>q</a>')).toEqual(['xzq', []])
    const [, entities] = HTMLParser.parse('<b>a<u>b</u></b>')
    expect(entities.map(({ className }) => className)).toEqual(['MessageEntityBold', 'MessageEntityUnderline'])
  })
  it('is written so that it is read again as it was', () => {
    const made = (offset: number, length: number) => ({ offset, length })
    const text = 'a <b> & "c" d@e.f https://e.org'
    const entities = [
      new Api.MessageEntityBold(made(0, 11)),
      new Api.MessageEntityTextUrl({ ...made(2, 3), url: 'https://e.org/?a="1"&b=2' }),
      new Api.MessageEntityEmail(made(12, 5)),
    ]
    const html = HTMLParser.unparse(text, [...entities, new Api.MessageEntityHashtag(made(0, 1))])
    expect(html).toBe(
      '<strong>a <a href="https://e.org/?a=&quot;1&quot;&amp;b=2">&lt;b&gt;</a> &amp; &quot;c&quot;</strong> ' +
        '<a href="mailto:d@e.f">d@e.f</a> https://e.org',
    )
    expect(HTMLParser.parse(html)).toEqual([text, entities])
    expect(HTMLParser.unparse('q', [new Api.MessageEntityMentionName({ ...made(0, 1), userId: 5 })])).toBe(
      '<a href="tg://user?id=5">q</a>',
    )
    expect(HTMLParser.unparse('q.de', [new Api.MessageEntityUrl(made(0, 4))])).toBe('<a href="q.de">q.de</a>')
  })
  it('comes back from any nest of tags', () => {
    const leaf = fc.string({ unit: fc.constantFrom(...'ab<>&"\'😀 x'), minLength: 1, maxLength: 6 })
    const { node } = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf.map((text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)),
        fc
          .tuple(fc.constantFrom('b', 'i', 'u', 's', 'spoiler', 'blockquote'), tie('node'), tie('node'))
          .map(([tag, inside, behind]) => `<${tag}>${inside}</${tag}>${behind}`),
      ),
    }))
    fc.assert(
      fc.property(node, (html) => {
        const [text, entities] = HTMLParser.parse(html)
        for (const { offset, length } of entities) {
          expect(length).toBeGreaterThan(0)
          expect(offset + length).toBeLessThanOrEqual(text.length)
        }
        expect(plain(HTMLParser.parse(HTMLParser.unparse(text, entities)))).toEqual(plain([text, entities]))
      }),
    )
  })
})

describe('Markdown', () => {
  it('has the delimiters of existing packages', () => {
    expect(Object.keys(DEFAULT_DELIMITERS)).toEqual(Object.keys(theirs.DEFAULT_DELIMITERS))
  })
  it.each([
    '**b**',
    '__i__',
    '~~s~~',
    '`c`',
    '[l](https://e.org)',
    '**a __b__**',
    'a*b*c',
    '||s||',
    '**😀x**',
    '**a** b **c**',
    '',
    '-- x',
    '\\*',
  ])('%j is read as existing packages read it', (markdown) => {
    expect(plain(MarkdownParser.parse(markdown))).toEqual(plain(theirs.MarkdownParser.parse(markdown)))
  })
  it('leaves what is in code, and blocks have a language', () => {
    expect(plain(MarkdownParser.parse('`**x**`'))).toEqual(['**x**', ['className MessageEntityCode, offset 0, length 5']])
    expect(MarkdownParser.parse('```p```')[1]).toEqual([new Api.MessageEntityPre({ offset: 0, length: 1, language: '' })])
    const block = new Api.MessageEntityPre({ offset: 0, length: 4, language: 'js' })
    expect(MarkdownParser.parse('```js\nx()\n```')).toEqual(['x()', [{ ...block, length: 3 }]])
    expect(MarkdownParser.parse('```js\nx();```')).toEqual(['x();', [block]])
    expect(MarkdownParser.unparse('x();', [block])).toBe('```js\nx();```')
  })
  it('leaves what is not closed, or in the wrong order', () => {
    expect(MarkdownParser.parse('**a __b** c__')).toEqual([
      '**a b** c',
      [new Api.MessageEntityItalic({ offset: 4, length: 5 })],
    ])
    expect(plain(MarkdownParser.parse('**a `b**` c'))).toEqual(['**a b** c', ['className MessageEntityCode, offset 4, length 3']])
    expect(MarkdownParser.parse('****')).toEqual(['', []])
    expect(plain(MarkdownParser.parse('__a **b** c'))).toEqual(['__a b c', ['className MessageEntityBold, offset 4, length 1']])
  })
  it('leaves out what it cannot write', () => {
    const link = new Api.MessageEntityTextUrl({ offset: 0, length: 1, url: 'https://e.org' })
    expect(MarkdownParser.unparse('ab', [link, new Api.MessageEntityBold({ offset: 1, length: 1 })])).toBe('a**b**')
  })
})

describe('a parse mode', () => {
  it('is a name or a parser', () => {
    for (const name of ['md', 'markdown']) expect(utils.sanitizeParseMode(name)).toBe(MarkdownParser)
    expect(utils.sanitizeParseMode('html')).toBe(HTMLParser)
    const own = { parse: (text: string): FormattedText => [text, []], unparse: (text: string) => text }
    expect(utils.sanitizeParseMode(own)).toBe(own)
    expect(() => utils.sanitizeParseMode('HTML')).toThrow(/^Invalid parse mode type: expected 'md'.*got "HTML"$/)
    for (const name of ['md2', 'markdownv2']) expect(() => utils.sanitizeParseMode(name)).toThrow(/second Markdown is left out$/)
    expect(() => utils.sanitizeParseMode(undefined as never)).toThrow(/got undefined/)
  })
  it('makes what SendMessage takes of a text, mentions included', async () => {
    const asked: unknown[] = []
    const client = {
      parseMode: MarkdownParser,
      getInputEntity: async (entity: Api.TypeEntityLike): Promise<Api.TypeInputPeer> => {
        asked.push(entity)
        return new Api.InputPeerUser({ userId: 5, accessHash: 7 })
      },
    }
    expect(await _parseMessageText(client, '**x**')).toEqual(MarkdownParser.parse('**x**'))
    expect(await _parseMessageText(client, '<b>x</b>', false)).toEqual(['<b>x</b>', []])
    const html = '<a href="tg://user?id=5">u</a> <a href="https://e.org">l</a>'
    const [message, entities] = await _parseMessageText(client, html, 'html')
    const userId = new Api.InputUser({ userId: 5, accessHash: 7 })
    expect(entities).toEqual([
      new Api.InputMessageEntityMentionName({ offset: 0, length: 1, userId }),
      new Api.MessageEntityTextUrl({ offset: 2, length: 1, url: 'https://e.org' }),
    ])
    expect(asked).toEqual(['5'])
    const request = new Api.messages.SendMessage({ peer: new Api.InputPeerSelf(), message, entities })
    expect(request.getBytes().length).toBeGreaterThan(20)
  })
})
