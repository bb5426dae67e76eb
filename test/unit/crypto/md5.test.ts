import { describe, expect, it } from 'vitest'
import { Md5 as BrowserMd5 } from '../../../src/crypto/md5.browser.js'
import { Md5 as NodeMd5 } from '../../../src/crypto/md5.node.js'

/** RFC 1321, appendix A.5. */
const VECTORS: readonly (readonly [text: string, hex: string])[] = [
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
  ['1234567890'.repeat(8), '57edf4a22be3c955ac49da2e2107b67a'],
]

describe.each([
  ['Node', NodeMd5],
  ['browsers', BrowserMd5],
])('MD5 of %s', (_, Md5) => {
  it.each(VECTORS)('is that of RFC 1321 for %j, in one piece and byte by byte', (text, hex) => {
    const bytes = new TextEncoder().encode(text)
    const [whole, pieces] = [new Md5(), new Md5()]
    whole.update(bytes)
    for (let i = 0; i < bytes.length; i++) pieces.update(bytes.subarray(i, i + 1))
    expect(whole.hex()).toBe(hex)
    expect(pieces.hex()).toBe(hex)
  })
})
