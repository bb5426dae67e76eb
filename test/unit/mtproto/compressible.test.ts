import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isCompressible } from '../../../src/mtproto/compressible.js'
import { pack } from '../../../src/mtproto/packed.js'
import { seededRandom } from '../../../src/platform/manual.js'

const noise = (length: number, seed = 1): Uint8Array => seededRandom(seed).fill(new Uint8Array(length))
const text = new TextEncoder().encode('Every protocol check and every fault has a test that can fail. '.repeat(200))

describe('whether compressing is worth trying', () => {
  it.each([512, 1024, 1025, 4096, 65_536, 524_288])('is denied for %i bytes of noise', (length) => {
    for (let seed = 1; seed <= 20; seed++) expect(isCompressible(noise(length, seed))).toBe(false)
  })
  it('is denied for what is compressed, and affirmed for text, base64 and numbers', () => {
    const base64 = Buffer.from(noise(9_000)).toString('base64')
    const numbers = new Uint8Array(Int32Array.from({ length: 500 }, (_, i) => i * 977).buffer)
    expect(isCompressible(gzipSync(Array.from({ length: 20_000 }, (_, i) => i * i).join()))).toBe(false)
    expect(isCompressible(text)).toBe(true)
    expect(isCompressible(new TextEncoder().encode(base64))).toBe(true)
    expect(isCompressible(numbers)).toBe(true)
  })
  it('is judged by all of a long body, not by its beginning', () => {
    const mixed = new Uint8Array(65_536)
    mixed.set(noise(30_000))
    expect(isCompressible(mixed)).toBe(true)
  })
  it('decides whether a body is packed', () => {
    const part = noise(32_768)
    expect(pack(part)).toBe(part)
    expect(pack(text).length).toBeLessThan(text.length / 10)
  })
})
