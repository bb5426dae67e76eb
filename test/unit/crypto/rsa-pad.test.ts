import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bigIntFromBytesBE, bigIntToBytesBE } from '../../../src/bytes/bigint.js'
import { concat } from '../../../src/bytes/bytes.js'
import { fromHex, toHex } from '../../../src/bytes/hex.js'
import { parseRsaPublicKey, rsaEncryptRaw, rsaPublicKey } from '../../../src/crypto/rsa.js'
import { rsaLegacyDecrypt, rsaPadDecrypt, rsaPadEncrypt } from '../../../src/crypto/rsa-pad.js'
import { generateRsaPrivateKey } from '../../../src/crypto/rsa-private.node.js'
import { sha1 } from '../../../src/crypto/sha.js'
import { LocalError } from '../../../src/errors/errors.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes, type Random } from '../../../src/platform/random.js'
import { bytesOf, givenRandom, thrownBy, vectorsOf } from './vectors.js'

const serverKey = generateRsaPrivateKey()

describe('RSA_PAD', () => {
  const [allA, grammers] = vectorsOf('rsa-pad')

  it(`agrees with: ${allA!.name}`, () => {
    const { data, padding, temp_key: tempKey, pem, encrypted } = allA!.data
    const unused = new Uint8Array(192 - bytesOf(padding).length)
    const random = givenRandom(bytesOf(padding), unused, bytesOf(tempKey))
    expect(toHex(rsaPadEncrypt(bytesOf(data), parseRsaPublicKey(pem!), random))).toBe(encrypted)
    expect(random.left).toBe(0)
  })

  it(`agrees with: ${grammers!.name}`, () => {
    const { data, random, n, e, encrypted } = grammers!.data
    const bytes = bytesOf(random)
    const tempKey = bigIntFromBytesBE(bytes.subarray(-32))
    const retries = [1n, 2n, 3n, 4n].map((step) => bigIntToBytesBE(tempKey + step, 32))
    const key = rsaPublicKey(BigInt(`0x${n}`), BigInt(`0x${e}`))
    expect(toHex(rsaPadEncrypt(bytesOf(data), key, givenRandom(bytes, ...retries)))).toBe(encrypted)
  })

  it('is undone by the server, for data of every length', () => {
    const random = seededRandom(9)
    for (let length = 0; length <= 144; length += 12) {
      const data = randomBytes(random, length)
      const encrypted = rsaPadEncrypt(data, serverKey, random)
      expect(encrypted).toHaveLength(256)
      const padded = rsaPadDecrypt(encrypted, serverKey)!
      expect(padded).toHaveLength(192)
      expect(toHex(padded.subarray(0, length))).toBe(toHex(data))
    }
  })

  it('H14: takes at most 144 bytes, and keys of 2048 bits', () => {
    expect(thrownBy(() => rsaPadEncrypt(new Uint8Array(145), serverKey, seededRandom(1)))).toBeInstanceOf(LocalError)
    const short = parseRsaPublicKey(vectorsOf('rsa-fingerprint')[0]!.data['pem']!)
    expect(() => rsaPadEncrypt(new Uint8Array(8), short, seededRandom(1))).toThrow(/2048 bits, this one 1024/)
  })

  it('H14: pads with other bytes each time', () => {
    const random = seededRandom(4)
    const paddings = Array.from({ length: 20 }, () => {
      const padded = rsaPadDecrypt(rsaPadEncrypt(new Uint8Array(96), serverKey, random), serverKey)
      return toHex(padded!.subarray(96))
    })
    expect(new Set(paddings).size).toBe(20)
  })

  it('H14: draws a new temp_key, and nothing else, when the block is not below the modulus', () => {
    const asked: number[] = []
    const counted = (inner: Random): Random => ({
      fill(target) {
        asked.push(target.length)
        return inner.fill(target)
      },
    })
    // A modulus just above 2^2047 refuses every other block.
    const small = rsaPublicKey((1n << 2047n) + 12451n, 65537n)
    for (let seed = 0; seed < 12; seed++) {
      asked.length = 0
      expect(rsaPadEncrypt(new Uint8Array(96), small, counted(seededRandom(seed)))).toHaveLength(256)
      expect(asked[0]).toBe(224)
      expect(asked.slice(1).every((length) => length === 32)).toBe(true)
      if (asked.length > 1) return
    }
    throw new Error('no seed made a block above the modulus')
  })

  it('H14: gives up on randomness that is stuck on such a block', () => {
    const small = rsaPublicKey((1n << 2047n) + 12451n, 65537n)
    const stuck = Array.from({ length: 64 }, (_, byte): Random => ({ fill: (target) => target.fill(byte) }))
    const errors = stuck.map((random) => thrownBy(() => rsaPadEncrypt(new Uint8Array(96), small, random)))
    expect(errors.some((error) => error instanceof LocalError && error.failure === 'state')).toBe(true)
    expect(errors.some((error) => error === undefined)).toBe(true)
  })

  it('is recognised by the server only when every bit is right', () => {
    const encrypted = rsaPadEncrypt(new Uint8Array(96), serverKey, seededRandom(1))
    for (const at of [1, 100, 255]) {
      const changed = encrypted.slice()
      changed[at]! ^= 1
      expect(rsaPadDecrypt(changed, serverKey)).toBeUndefined()
    }
    expect(rsaPadDecrypt(encrypted.subarray(1), serverKey)).toBeUndefined()
    expect(rsaPadDecrypt(new Uint8Array(256).fill(255), serverKey)).toBeUndefined()
  })
})

describe('the padding that RSA_PAD replaced', () => {
  /** As old clients pad. The product has no function for it. */
  const encryptLegacy = (data: Uint8Array): Uint8Array =>
    rsaEncryptRaw(concat(Uint8Array.of(0), sha1(data), data, new Uint8Array(235 - data.length).fill(7)), serverKey)

  it('is undone by a server that knows where the data ends', () => {
    for (const length of [0, 96, 235]) {
      const data = randomBytes(seededRandom(length), length)
      expect(toHex(rsaLegacyDecrypt(encryptLegacy(data), serverKey, () => length)!)).toBe(toHex(data))
    }
  })

  it('is refused where the hash does not fit, or the length cannot be read', () => {
    const encrypted = encryptLegacy(new Uint8Array(96).fill(3))
    expect(rsaLegacyDecrypt(encrypted, serverKey, () => 95)).toBeUndefined()
    const unreadable = (): number => {
      throw new RangeError('not TL')
    }
    expect(rsaLegacyDecrypt(encrypted, serverKey, unreadable)).toBeUndefined()
    const current = rsaPadEncrypt(new Uint8Array(96), serverKey, seededRandom(1))
    expect(rsaLegacyDecrypt(current, serverKey, () => 96)).toBeUndefined()
    expect(rsaLegacyDecrypt(encrypted.subarray(1), serverKey, () => 96)).toBeUndefined()
  })

  it('was used in the official sample of 2013, whose hash is that of its data', () => {
    const { ServerDHInnerDataWithHash } = vectorsOf('exchange')[0]!.data
    const bytes = fromHex(ServerDHInnerDataWithHash!)
    const matching = Array.from({ length: 16 }, (_, padding) => bytes.subarray(20, bytes.length - padding)).filter(
      (data) => createHash('sha1').update(data).digest('hex') === toHex(bytes.subarray(0, 20)),
    )
    expect(matching).toHaveLength(1)
  })
})
