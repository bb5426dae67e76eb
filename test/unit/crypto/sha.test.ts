import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes/hex.js'
import * as browser from '../../../src/crypto/digest.browser.js'
import * as node from '../../../src/crypto/digest.node.js'
import { hmacSha256, hmacSha512, sha1, sha256, sha512 } from '../../../src/crypto/sha.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)

/** FIPS 180-4's own example, the three letters abc. */
const ABC = {
  sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  sha512:
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a' +
    '2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
} as const

describe('hashes', () => {
  it('are those of FIPS 180-4, whatever parts the input comes in', () => {
    expect(toHex(sha1(text('abc')))).toBe(ABC.sha1)
    expect(toHex(sha256(text('a'), text('bc')))).toBe(ABC.sha256)
    expect(toHex(sha512(text(''), text('ab'), text('c')))).toBe(ABC.sha512)
    expect(toHex(sha256())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('come as plain arrays, whose slices do not share memory', () => {
    const hash = sha256(text('abc'))
    const part = hash.slice(0, 4)
    hash.fill(0)
    expect(toHex(part)).toBe('ba7816bf')
  })

  it('are keyed as RFC 4231 says', () => {
    const key = new Uint8Array(20).fill(0x0b)
    expect(toHex(hmacSha256(key, text('Hi '), text('There')))).toBe(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    )
    expect(toHex(hmacSha512(key, text('Hi There')))).toMatch(/^87aa7cdea5ef619d4ff0b4241a1d6cb0/)
  })
})

describe.each([
  ['node', node],
  ['browser', browser],
])('the %s twin', (_, { digest, hmac, pbkdf2Sha512 }) => {
  it('hashes every length from 0 to 300 as the reference does', () => {
    const bytes = randomBytes(seededRandom(7), 300)
    for (const name of ['sha1', 'sha256', 'sha512'] as const) {
      for (let length = 0; length <= 300; length++) {
        const input = bytes.subarray(0, length)
        const cut = length >> 1
        const parts = [input.subarray(0, cut), input.subarray(cut)]
        expect(toHex(digest(name, parts))).toBe(createHash(name).update(input).digest('hex'))
        expect(toHex(hmac(name, bytes.subarray(0, 150), parts))).toBe(
          createHmac(name, bytes.subarray(0, 150)).update(input).digest('hex'),
        )
      }
    }
  })

  it('stretches a password as RFC 8018 says', async () => {
    expect(toHex(await pbkdf2Sha512(text('password'), text('salt'), 1, 64))).toBe(
      '867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252' +
        'c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce',
    )
    expect(toHex(await pbkdf2Sha512(text('password'), text('salt'), 4096, 20))).toBe(
      'd197b1b33db0143e018b12f3d1d1479e6cdebdcc',
    )
  })
})

describe('the browser twin outside a secure context', () => {
  it('stretches a password without WebCrypto', async () => {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true })
    try {
      expect(toHex(await browser.pbkdf2Sha512(text('password'), text('salt'), 2, 20))).toBe(
        toHex(await node.pbkdf2Sha512(text('password'), text('salt'), 2, 20)),
      )
    } finally {
      Object.defineProperty(globalThis, 'crypto', descriptor)
    }
  })
})
