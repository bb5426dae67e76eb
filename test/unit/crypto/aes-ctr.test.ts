import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes/hex.js'
import { AesCtr as BrowserCtr } from '../../../src/crypto/aes-ctr.browser.js'
import { AesCtr as NodeCtr } from '../../../src/crypto/aes-ctr.node.js'
import { LocalError } from '../../../src/errors/errors.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'
import { bytesOf, crc32, tdlibBytes, vectorsOf } from './vectors.js'

interface Ctr {
  key?: string
  iv?: string
  plaintext?: string
  ciphertext?: string
  calls?: [plain: string, encrypted: string][]
  lengths?: number[]
  crc32?: number[]
  crc32_iv_ff?: number[]
}
const vectors = vectorsOf<Ctr>('aes-ctr')
const having = (field: keyof Ctr): (readonly [string, Ctr])[] =>
  vectors.filter(({ data }) => data[field]).map(({ name, data }) => [name, data] as const)

describe.each([
  ['node', NodeCtr],
  ['browser', BrowserCtr],
])('AES-256-CTR of the %s twin', (_, AesCtr) => {
  it.each(having('plaintext'))('agrees with %s', (_name, data) => {
    const stream = new AesCtr(bytesOf(data.key), bytesOf(data.iv))
    expect(toHex(stream.update(bytesOf(data.plaintext)))).toBe(data.ciphertext)
  })

  it.each(having('calls'))('agrees with %s', (_name, data) => {
    const stream = new AesCtr(bytesOf(data.key), bytesOf(data.iv))
    for (const [plain, encrypted] of data.calls!) expect(toHex(stream.update(bytesOf(plain)))).toBe(encrypted)
  })

  it('agrees with TDLib on data of its generator, also where the counter wraps', () => {
    const { lengths, crc32: sums, crc32_iv_ff: wrapped } = vectors.find(({ data }) => data.lengths)!.data
    lengths!.forEach((length, index) => {
      const next = tdlibBytes(length)
      const [plain, key, iv] = [next(length), next(32), next(16)]
      expect(crc32(new AesCtr(key, iv).update(plain))).toBe(sums![index])
      expect(crc32(new AesCtr(key, new Uint8Array(16).fill(255)).update(plain))).toBe(wrapped![index])
    })
  })

  it('goes on where the last call stopped, wherever the calls are cut', () => {
    const random = seededRandom(3)
    const [key, iv, plain] = [randomBytes(random, 32), randomBytes(random, 16), randomBytes(random, 500)]
    const whole = toHex(new NodeCtr(key, iv).update(plain))
    for (const piece of [1, 3, 15, 16, 17, 64, 499]) {
      const stream = new AesCtr(key, iv)
      let out = ''
      for (let at = 0; at < plain.length; at += piece) out += toHex(stream.update(plain.subarray(at, at + piece)))
      expect(out).toBe(whole)
    }
  })

  it('keeps its state apart from the arguments of the caller', () => {
    const key = Buffer.alloc(32, 1)
    const iv = Buffer.alloc(16, 2)
    const stream = new AesCtr(key, iv)
    const expected = toHex(new AesCtr(Buffer.from(key), Buffer.from(iv)).update(new Uint8Array(40)))
    key.fill(9)
    iv.fill(9)
    expect(toHex(stream.update(new Uint8Array(40)))).toBe(expected)
  })

  it('refuses a key or a counter of another length', () => {
    expect(() => new AesCtr(new Uint8Array(16), new Uint8Array(16))).toThrow(LocalError)
    expect(() => new AesCtr(new Uint8Array(32), new Uint8Array(32))).toThrow(/iv has 32 bytes/)
  })
})
