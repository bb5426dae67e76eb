import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bigIntFromBytesBE, bigIntToBytesBE } from '../../../src/bytes/bigint.js'
import { fromBase64, toBase64 } from '../../../src/bytes/base64.js'
import { toHex } from '../../../src/bytes/hex.js'
import { writePem } from '../../../src/crypto/pem.js'
import { parseRsaPublicKey, rsaEncryptRaw, rsaLength, rsaPublicKeyToPem } from '../../../src/crypto/rsa.js'
import * as browser from '../../../src/crypto/rsa-private.browser.js'
import * as node from '../../../src/crypto/rsa-private.node.js'
import { sha256 } from '../../../src/crypto/sha.js'
import { LocalError } from '../../../src/errors/errors.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'
import { thrownBy, vectorsOf } from './vectors.js'

function ellipticPem(part: 'public' | 'private'): string {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const format = 'pem'
  return (
    part === 'public' ? publicKey.export({ type: 'spki', format }) : privateKey.export({ type: 'pkcs8', format })
  ).toString()
}

describe('a public RSA key', () => {
  const keys = vectorsOf('rsa-fingerprint').map(({ name, data }) => [name, data] as const)
  it.each(keys)('has the published fingerprint: %s', (_, data) => {
    const { fingerprint } = parseRsaPublicKey(data['pem']!)
    expect(BigInt.asIntN(64, fingerprint)).toBe(BigInt.asIntN(64, BigInt(data['fingerprint']!)))
    expect(fingerprint).toBe(BigInt.asUintN(64, fingerprint))
  })

  it.each(vectorsOf('rsa-raw').map(({ name, data }) => [name, data] as const))('is raw: %s', (_, data) => {
    const key = parseRsaPublicKey(data['pem']!)
    const block = new TextEncoder().encode(data['pem']).subarray(0, 256)
    expect(toBase64(sha256(rsaEncryptRaw(block, key)))).toBe(data['sha256_base64'])
  })

  it('is read from PKCS#1 and from SubjectPublicKeyInfo, of any size, and written as PKCS#1', () => {
    for (const modulusLength of [512, 1000, 1024, 2048, 2056]) {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength })
      const pkcs1 = publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()
      const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString()
      const key = parseRsaPublicKey(pkcs1)
      expect(parseRsaPublicKey(spki)).toEqual(key)
      expect(parseRsaPublicKey(`a comment\r\n${spki.replace(/\n/g, '\r\n')}behind`)).toEqual(key)
      expect(rsaPublicKeyToPem(key)).toBe(pkcs1)
      expect(rsaLength(key)).toBe(Math.ceil(modulusLength / 8))
      expect(createPublicKey(rsaPublicKeyToPem(key)).equals(publicKey)).toBe(true)
    }
  })

  it('is refused when the text is no such key', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const pem = publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    const lines = pem.split('\n')
    const elliptic = ellipticPem('public')
    const bad = [
      '',
      'hello',
      lines.slice(1).join('\n'),
      [lines[0], ...lines.slice(2)].join('\n'),
      pem.replace(lines[2]!, ''),
      pem.replace(lines[1]!, `!${lines[1]!.slice(1)}`),
      privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      elliptic,
    ]
    for (const text of bad) {
      const error = thrownBy(() => parseRsaPublicKey(text))
      expect(error, text).toBeInstanceOf(LocalError)
      expect((error as LocalError).failure).toBe('argument')
    }
  })

  it('is read from damaged text as another key or not at all, without any other error', () => {
    const random = seededRandom(3)
    const pem = vectorsOf('rsa-raw')[0]!.data['pem']!
    const body = pem.split('\n').slice(1, -1).join('').replace(/-.*/, '')
    for (let run = 0; run < 300; run++) {
      const bytes = fromBase64(body)
      const [at, value] = randomBytes(random, 2)
      bytes[run % 3 === 0 ? at! % 16 : at!] = value!
      const text = writePem({ label: 'RSA PUBLIC KEY', bytes: bytes.subarray(0, run % 5 === 0 ? at! : bytes.length) })
      const error = thrownBy(() => parseRsaPublicKey(text))
      if (error !== undefined) expect(error).toBeInstanceOf(LocalError)
    }
  })

  it('refuses a block that is not below the modulus', () => {
    const key = parseRsaPublicKey(vectorsOf('rsa-raw')[0]!.data['pem']!)
    expect(() => rsaEncryptRaw(bigIntToBytesBE(key.n, 256), key)).toThrow(LocalError)
    expect(() => rsaEncryptRaw(bigIntToBytesBE(key.n - 1n, 256), key)).not.toThrow()
  })
})

describe.each([
  ['node', node, browser],
  ['browser', browser, node],
])('a private RSA key of the %s twin', (_, own, other) => {
  const key = own.generateRsaPrivateKey()
  const random = seededRandom(2)

  it('has 2048 bits, exponent 65537 and the fingerprint of its public part', () => {
    expect(key.n.toString(2)).toHaveLength(2048)
    expect(key.e).toBe(65537n)
    expect(parseRsaPublicKey(rsaPublicKeyToPem(key))).toEqual({ n: key.n, e: key.e, fingerprint: key.fingerprint })
  })

  it('undoes raw encryption, zeros on the left included', () => {
    const short = randomBytes(random, 256).fill(0, 0, 2)
    for (const block of [new Uint8Array(256), bigIntToBytesBE(1n, 256), bigIntToBytesBE(key.n - 1n, 256), short]) {
      expect(toHex(key.decryptRaw(rsaEncryptRaw(block, key)))).toBe(toHex(block))
    }
    expect(() => key.decryptRaw(bigIntToBytesBE(key.n, 256))).toThrow(LocalError)
  })

  it('is written as PEM that both twins read, and read from PKCS#8', () => {
    const pem = key.toPem()
    expect(pem).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/)
    const block = bigIntToBytesBE(bigIntFromBytesBE(randomBytes(random, 256)) % key.n, 256)
    for (const twin of [own, other]) {
      const again = twin.parseRsaPrivateKey(pem)
      expect(again.fingerprint).toBe(key.fingerprint)
      expect(again.toPem()).toBe(pem)
      expect(toHex(again.decryptRaw(block))).toBe(toHex(key.decryptRaw(block)))
    }
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(own.parseRsaPrivateKey(pkcs8).toPem()).toBe(other.parseRsaPrivateKey(pkcs8).toPem())
  })

  it('is refused when the text is no such key', () => {
    const elliptic = ellipticPem('private')
    for (const text of ['', rsaPublicKeyToPem(key), elliptic]) {
      expect(thrownBy(() => own.parseRsaPrivateKey(text))).toBeInstanceOf(LocalError)
    }
  })
})
