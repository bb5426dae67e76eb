import { describe, expect, it, vi } from 'vitest'
import { toHex } from '../../../src/bytes/hex.js'
import { aesIgeDecrypt, aesIgeEncrypt } from '../../../src/crypto/aes-ige.js'
import { WasmCipher } from '../../../src/crypto/wasm/cipher.js'
import { nativeIgeEncrypt as browserIgeEncrypt } from '../../../src/crypto/ige-native.browser.js'
import { nativeIgeEncrypt } from '../../../src/crypto/ige-native.node.js'
import { igeScript } from '../../../src/crypto/ige-script.js'
import { LocalError } from '../../../src/errors/errors.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'
import { bytesOf, crc32, tdlibBytes, vectorsOf } from './vectors.js'
import { memoriesOf, withoutWebAssembly } from './wasm-platform.js'

type Ige = (data: Uint8Array, key: Uint8Array, iv: Uint8Array) => Uint8Array

const wasm = new WasmCipher()
const random = seededRandom(11)
const key = randomBytes(random, 32)
const iv = randomBytes(random, 32)

const ways: readonly (readonly [name: string, encrypt: Ige, decrypt: Ige])[] = [
  ['the fastest way for the length', aesIgeEncrypt, aesIgeDecrypt],
  ['WebAssembly', (...args) => wasm.ige('encrypt', ...args), (...args) => wasm.ige('decrypt', ...args)],
  ['plain JavaScript', (...args) => igeScript('encrypt', ...args), (...args) => igeScript('decrypt', ...args)],
]

describe.each(ways)('AES-IGE by %s', (way, encrypt, decrypt) => {
  const published = vectorsOf('aes-ige').filter(({ data }) => 'plaintext' in data)
  it.each(published.map((vector) => [vector.name, vector.data] as const))('agrees with %s', (_, data) => {
    const vectorKey = bytesOf(data['key'])
    if (way === 'WebAssembly' && vectorKey.length !== 32) {
      expect(() => wasm.ige('encrypt', bytesOf(data['plaintext']), vectorKey, bytesOf(data['iv']))).toThrow(/256 bits/)
      return
    }
    const plaintext = bytesOf(data['plaintext'])
    const ciphertext = bytesOf(data['ciphertext'])
    expect(toHex(encrypt(plaintext, vectorKey, bytesOf(data['iv'])))).toBe(toHex(ciphertext))
    expect(toHex(decrypt(ciphertext, vectorKey, bytesOf(data['iv'])))).toBe(toHex(plaintext))
  })

  it('agrees with TDLib on data of its generator', () => {
    const [vector] = vectorsOf<{ lengths: number[]; crc32: number[] }>('aes-ige').filter(({ data }) => 'crc32' in data)
    const { lengths, crc32: sums } = vector!.data
    lengths.forEach((length, index) => {
      const next = tdlibBytes(length)
      const [plain, tdKey, tdIv] = [next(length), next(32), next(32)]
      const encrypted = encrypt(plain, tdKey, tdIv)
      expect(crc32(encrypted)).toBe(sums[index])
      expect(toHex(decrypt(encrypted, tdKey, tdIv))).toBe(toHex(plain))
    })
  })

  it('leaves its arguments as they are, also when they are Buffers', () => {
    for (const length of [48, 4096]) {
      const args = [length, 32, 32].map((size) => Buffer.from(randomBytes(random, size)))
      const copies = args.map((arg) => Uint8Array.from(arg))
      for (const run of [encrypt, decrypt]) run(args[0]!, args[1]!, args[2]!)
      args.forEach((arg, index) => expect(Uint8Array.from(arg)).toEqual(copies[index]))
    }
  })
})

describe('the ways of AES-IGE', () => {
  it('agree on every small length and on both sides of every threshold', () => {
    const small = Array.from({ length: 20 }, (_, blocks) => 16 * blocks)
    const lengths = [...small, 2032, 2048, 2064, 65_520, 65_536, 65_568, 65_584, 122_064, 122_080, 122_096, 300_000]
    for (const length of lengths) {
      const data = randomBytes(random, length)
      const encrypted = igeScript('encrypt', data, key, iv)
      expect(toHex(aesIgeEncrypt(data, key, iv))).toBe(toHex(encrypted))
      expect(toHex(wasm.ige('encrypt', data, key, iv))).toBe(toHex(encrypted))
      expect(toHex(aesIgeDecrypt(encrypted, key, iv))).toBe(toHex(data))
      expect(toHex(igeScript('decrypt', encrypted, key, iv))).toBe(toHex(data))
    }
  })

  it('take data at any address', () => {
    const memory = randomBytes(random, 4200)
    for (let offset = 0; offset < 8; offset++) {
      const data = memory.subarray(offset, offset + 4096)
      expect(toHex(aesIgeEncrypt(data, key, iv))).toBe(toHex(igeScript('encrypt', data, key, iv)))
      expect(toHex(aesIgeDecrypt(data, key, iv))).toBe(toHex(igeScript('decrypt', data, key, iv)))
    }
  })

  it('work in the place of the data, at any address, as well as beside it', () => {
    for (const length of [16, 2032, 2048, 65_536, 65_552, 200_000]) {
      for (const offset of [0, 1, 4]) {
        const data = randomBytes(random, length)
        const encrypted = igeScript('encrypt', data, key, iv)
        const place = new Uint8Array(length + 8).subarray(offset, offset + length)
        place.set(data)
        expect(aesIgeEncrypt(place, key, iv, place)).toBe(place)
        expect(Buffer.compare(place, encrypted), `${length} bytes at ${offset}`).toBe(0)
        expect(aesIgeDecrypt(place, key, iv, place)).toBe(place)
        expect(Buffer.compare(place, data), `${length} bytes at ${offset}`).toBe(0)
      }
    }
    expect(() => aesIgeEncrypt(new Uint8Array(32), key, iv, new Uint8Array(16))).toThrow(/target has 16 bytes/)
  })

  it('have a native one in Node for long messages only, and none in browsers', () => {
    const data = randomBytes(random, 4096)
    expect(toHex(nativeIgeEncrypt(data, key, iv)!)).toBe(toHex(igeScript('encrypt', data, key, iv)))
    expect(nativeIgeEncrypt(data.subarray(0, 64), key, iv)).toBeUndefined()
    expect(browserIgeEncrypt(data, key, iv)).toBeUndefined()
  })

  it('leave nothing behind in the memory in which blocks are combined', async () => {
    const memories = await memoriesOf(async () => {
      vi.resetModules()
      const native = await import('../../../src/crypto/ige-native.node.js')
      for (const length of [2048, 65_552, 200_000]) native.nativeIgeEncrypt(randomBytes(random, length), key, iv)
    })
    expect(memories).toHaveLength(1)
    expect(memories[0]!.length).toBe(3 * 65_536)
    expect(memories[0]!.findIndex((byte) => byte !== 0)).toBe(-1)
  })

  it('fall back to plain JavaScript where WebAssembly is forbidden', async () => {
    await withoutWebAssembly(async () => {
      vi.resetModules()
      const { aesIgeDecrypt: decryptWithout } = await import('../../../src/crypto/aes-ige.js')
      const data = randomBytes(random, 64)
      expect(toHex(decryptWithout(data, key, iv))).toBe(toHex(aesIgeDecrypt(data, key, iv)))
    })
  })

  it('refuse a key, a vector or data of an impossible length', () => {
    const whole = new Uint8Array(16)
    for (const run of [aesIgeEncrypt, aesIgeDecrypt]) {
      expect(() => run(new Uint8Array(17), key, iv)).toThrow(LocalError)
      expect(() => run(whole, key.subarray(1), iv)).toThrow(/key has 31 bytes/)
      expect(() => run(whole, key.subarray(0, 24), iv)).toThrow(/key has 24 bytes/)
      expect(() => run(whole, key, iv.subarray(16))).toThrow(/iv has 16 bytes/)
    }
  })
})
