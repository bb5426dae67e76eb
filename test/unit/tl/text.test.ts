import { describe, expect, it } from 'vitest'
import { TextSource } from '../../../src/tl/text.js'

const ascii = Uint8Array.from({ length: 5_000 }, (_, i) => 0x21 + ((i * 7 + Math.floor(i / 94)) % 94))
const asText = (start: number, end: number): string => String.fromCharCode(...ascii.subarray(start, end))
const bytes = (...values: number[]): TextSource => new TextSource(Uint8Array.from(values))

describe('the text of a message', () => {
  it('is the same wherever a string lies, and in whatever order they are asked for', () => {
    const source = new TextSource(ascii)
    const starts = [0, 10, 1_000, 1_023, 1_024, 990, 4_900, 4_999, 0, 3_000, 2_990, 3_500, 4_024, 4_023, 5]
    for (const length of [1, 2, 12, 13, 100, 255, 256, 257, 1_024, 1_025, 3_000]) {
      for (const start of starts) {
        const end = Math.min(start + length, ascii.length)
        expect(source.decode(start, end), `${start} to ${end}`).toBe(asText(start, end))
      }
    }
  })

  it('is empty between equal offsets, at the very end as well', () => {
    expect(new TextSource(ascii).decode(5_000, 5_000)).toBe('')
    expect(bytes().decode(0, 0)).toBe('')
  })

  it('is UTF-8, a byte order mark and a replacement character included', () => {
    const text = 'é語👍\ufeff\ufffd\u0000\u007f'
    const encoded = new TextEncoder().encode(text)
    expect(new TextSource(encoded).decode(0, encoded.length)).toBe(text)
    const bom = new TextEncoder().encode('\ufeff\ufffd')
    expect(new TextSource(bom).decode(0, bom.length)).toBe('\ufeff\ufffd')
    const long = new TextEncoder().encode('語'.repeat(400))
    expect(new TextSource(long).decode(3, 1_200)).toBe('語'.repeat(399))
  })

  it('may stand between bytes that are no text', () => {
    expect(bytes(0xff, 0x61, 0x62, 0xff).decode(1, 3)).toBe('ab')
    expect(bytes(0xff, 0xc3, 0xa9, 0xff).decode(1, 3)).toBe('é')
    const source = bytes(0x61, 0xff, 0x62)
    expect([source.decode(0, 1), source.decode(2, 3), source.decode(0, 1)]).toEqual(['a', 'b', 'a'])
  })

  it('notices a letter that is not ASCII wherever it stands', () => {
    for (let length = 2; length <= 20; length++) {
      for (let at = 0; at + 2 <= length; at++) {
        const text = `${'a'.repeat(at)}é${'b'.repeat(length - at - 2)}`
        const encoded = new TextEncoder().encode(`xyz${text}xyz`)
        expect(new TextSource(encoded).decode(3, 3 + length), text).toBe(text)
      }
    }
  })

  it.each([
    ['a continuation byte alone', [0x61, 0x80]],
    ['a byte behind the text that would end a sequence', [0xc3]],
    ['0xff', [0xff]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
  ])('is undefined for %s', (_, values) => {
    const source = bytes(...values, 0xa9)
    expect(source.decode(0, values.length)).toBeUndefined()
    const long = new Uint8Array(300).fill(0x61)
    long.set(values, 100)
    expect(new TextSource(long).decode(0, 300)).toBeUndefined()
  })
})
