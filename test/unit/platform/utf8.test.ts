import { describe, expect, it } from 'vitest'
import { utf8 as asBrowsersDo } from '../../../src/platform/utf8.browser.js'
import { utf8 } from '../../../src/platform/utf8.node.js'

describe.each([
  ['Node', utf8],
  ['a browser', asBrowsersDo],
])('text in %s', (_, encode) => {
  it.each(['', 'a', 'é', '語', '👍', '\u0000\ufeff', 'x'.repeat(16_384), '語'.repeat(5_461), '語'.repeat(5_462)])('is UTF-8', (text) => {
    expect(Buffer.from(encode(text)).equals(Buffer.from(text, 'utf8'))).toBe(true)
  })
})
