import { describe, expect, it } from 'vitest'
import { plainText, type Reference } from '../../codegen/docs/model/inline.js'
import { parseRichText, type NameResolver } from '../../codegen/docs/source/rich-text.js'
import { inlineHtml } from '../../codegen/docs/write/html.js'
import { inlineMarkdown } from '../../codegen/docs/write/markdown.js'

const user: Reference = { kind: 'constructor', name: 'user' }
const names: NameResolver = {
  linked: (name) => (name === 'RawUser' ? user : undefined),
  definition: (kind, name) => (kind === 'constructor' && name === 'user' ? user : undefined),
}
const html = (source: string): string => inlineHtml(parseRichText(source, names), 'method/x')
const markdown = (source: string): string => inlineMarkdown(parseRichText(source, names), 'method/x')

describe('the small HTML of a description', () => {
  it('keeps emphasis, code and links', () => {
    const source =
      'A <strong>bold</strong> <em>word</em>, <code>code</code>, <a href="https://core.telegram.org/api/min">min</a>'
    expect(html(source)).toBe(
      'A <strong>bold</strong> <em>word</em>, <code>code</code>, <a href="https://core.telegram.org/api/min">min</a>',
    )
    expect(markdown(source)).toBe('A **bold** *word*, `code`, [min](https://core.telegram.org/api/min)')
  })

  it('leads links to single definitions to the pages of this reference', () => {
    const expected = '<a href="../constructor/user.html">'
    expect(html('<a href="https://core.telegram.org/constructor/user">user</a>')).toContain(expected)
    expect(html('<a href="https://corefork.telegram.org/constructor/user#fields">user</a>')).toContain(expected)
    expect(html('see {@link RawUser}')).toBe('see <a href="../constructor/user.html">user</a>')
  })

  it('leaves a name that nothing has as code', () => {
    expect(html('{@link messages.RawOldThing}')).toBe('<code>messages.OldThing</code>')
  })

  it('reads links that are written as Markdown, as in the texts of errors', () => {
    expect(html('use [this](https://core.telegram.org/constructor/user) first')).toBe(
      'use <a href="../constructor/user.html">this</a> first',
    )
  })

  it('shows what only looks like a tag', () => {
    expect(html('tg://user?id=<user_id> and &lt;b&gt;')).toBe('tg://user?id=&lt;user_id&gt; and &lt;b&gt;')
  })

  it('writes nothing that a browser would run', () => {
    const source =
      '<script>alert(1)</script><a href="javascript:alert(1)" onclick="x()">x</a><img src="x" onerror="y()" alt="z">'
    expect(html(source)).not.toMatch(/<script|javascript:|onclick|onerror|<img/)
  })

  it('closes what the text forgot to close', () => {
    expect(html('<strong>a <em>b</strong> c')).toBe('<strong>a <em>b</em></strong> c')
    expect(html('<code>x')).toBe('<code>x</code>')
  })

  it('escapes what Markdown would take for its own', () => {
    expect(markdown('a_b * c | d # e [f]')).toBe('a\\_b \\* c \\| d \\# e \\[f\\]')
  })

  it('gives plain words for the head of a page', () => {
    expect(plainText(parseRichText('One<br>two <a href="https://core.telegram.org/api/min">three</a>', names))).toBe(
      'One two three',
    )
  })
})
