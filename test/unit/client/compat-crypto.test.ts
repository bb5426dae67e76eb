import { createRequire } from 'node:module'
import bigInt from 'big-integer'
import { describe, expect, it } from 'vitest'
import { CTR } from '../../../src/entry/crypto/CTR.js'
import { Factorizator } from '../../../src/entry/crypto/Factorizator.js'
import { IGE } from '../../../src/entry/crypto/IGE.js'
import { _serverKeys, encrypt } from '../../../src/entry/crypto/RSA.js'

interface Cipher {
  encrypt(data: Uint8Array): Buffer
  encryptIge(data: Uint8Array): Buffer
  decryptIge(data: Uint8Array): Buffer
}
type CipherClass = new (key: Uint8Array, iv: Uint8Array) => Cipher

const require = createRequire(import.meta.url)
const theirs = {
  ...(require('telegram/crypto/IGE') as { IGE: CipherClass }),
  ...(require('telegram/crypto/CTR') as { CTR: CipherClass }),
  ...(require('telegram/crypto/RSA') as { _serverKeys: Map<string, { n: bigInt.BigInteger; e: number }> }),
}
const key = Buffer.alloc(32, 1)
const data = Buffer.from(Array.from({ length: 48 }, (_, i) => i))

describe('the ciphers that existing code imports', () => {
  it('IGE gives the same bytes, every time', () => {
    const iv = Buffer.alloc(32, 2)
    const ours = new IGE(key, iv)
    const expected = new theirs.IGE(key, iv).encryptIge(data)
    expect(ours.encryptIge(data)).toEqual(expected)
    expect(ours.encryptIge(data)).toEqual(expected)
    expect(ours.decryptIge(expected)).toEqual(data)
    expect(ours.decryptIge(ours.encryptIge(data.subarray(0, 30))).subarray(0, 30)).toEqual(data.subarray(0, 30))
    expect(ours.encryptIge(data.subarray(0, 30))).toHaveLength(32)
    expect(() => ours.decryptIge(data.subarray(0, 30))).toThrow(/16/)
  })
  it('CTR goes on where it stopped', () => {
    const iv = Buffer.alloc(16, 2)
    const [ours, other] = [new CTR(key, iv), new theirs.CTR(key, iv)]
    for (const length of [5, 5, 38]) expect(ours.encrypt(data.subarray(0, length))).toEqual(other.encrypt(data.subarray(0, length)))
  })
  it('Factorizator finds the primes', () => {
    const { p, q } = Factorizator.factorize(bigInt('1724114033281923457'))
    expect([p.toString(), q.toString()]).toEqual(['1229739323', '1402015859'])
    expect(() => Factorizator.factorize(1_000_003)).toThrow(/it is prime/)
    expect(Factorizator.gcd(bigInt(12), bigInt(18)).toString()).toBe('6')
  })
  it("RSA shows Telegram's keys, and says where others go", () => {
    for (const [fingerprint, { n, e }] of theirs._serverKeys) {
      const ours = _serverKeys.get(fingerprint)
      if (ours !== undefined) expect([ours.n.toString(), ours.e]).toEqual([n.toString(), e])
    }
    expect([...theirs._serverKeys.keys()].some((fingerprint) => _serverKeys.has(fingerprint))).toBe(true)
    const changed = _serverKeys as Map<string, unknown>
    for (const change of [() => changed.set('1', {}), () => changed.delete('1'), () => changed.clear()])
      expect(change).toThrow(/option serverKeys/)
    expect(() => encrypt()).toThrow(/there is no encrypt\(\): a client does its key exchange by itself/)
  })
})
