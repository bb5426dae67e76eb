import { describe, expect, it } from 'vitest'
import { toBase64 } from '../../../src/bytes/base64.js'
import { concat } from '../../../src/bytes/bytes.js'
import { fromHex } from '../../../src/bytes/hex.js'
import { parseMtproxyLink, parseMtproxySecret } from '../../../src/transport/mtproxy-secret.js'

const key = fromHex('00112233445566778899aabbccddeeff')
const hex = '00112233445566778899aabbccddeeff'
const padded = concat(Uint8Array.of(0xdd), key)
const fakeTls = concat(Uint8Array.of(0xee), key, new TextEncoder().encode('www.example.org'))
const url = (bytes: Uint8Array): string => toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

describe('the secret of an MTProxy', () => {
  it.each([
    ['hex', hex],
    ['hex in capitals', hex.toUpperCase()],
    ['base64url', url(key)],
    ['base64', toBase64(key)],
    ['white space around', ` ${hex}\n`],
  ])('plain, as %s', (_, text) => {
    expect(parseMtproxySecret(text)).toEqual({ kind: 'plain', key })
  })
  it.each([`dd${hex}`, url(padded), toBase64(padded)])('padded: %s', (text) => {
    expect(parseMtproxySecret(text)).toEqual({ kind: 'padded', key })
  })
  it.each([`ee${hex}7777772e6578616d706c652e6f7267`, url(fakeTls), toBase64(fakeTls)])('fake TLS: %s', (text) => {
    expect(parseMtproxySecret(text)).toEqual({ kind: 'fake-tls', key, domain: 'www.example.org' })
  })
  it('takes bytes as they are', () => {
    expect(parseMtproxySecret(key)).toEqual({ kind: 'plain', key })
    expect(parseMtproxySecret(fakeTls)).toMatchObject({ kind: 'fake-tls' })
  })
  it('takes the hex digits of 16 bytes for hex, although they are base64 as well', () => {
    expect(parseMtproxySecret('d'.repeat(32))).toEqual({ kind: 'plain', key: new Uint8Array(16).fill(0xdd) })
  })
  it.each([
    ['nothing', ''],
    ['15 bytes', hex.slice(2)],
    ['17 bytes that do not begin with dd', `cc${hex}`],
    ['18 bytes after dd', `dd${hex}00`],
    ['ee without a domain', `ee${hex}`],
    ['a domain with a space', `ee${hex}2020`],
    ['a domain of 225 bytes', `ee${hex}${'61'.repeat(225)}`],
    ['no text of either kind', '*'.repeat(32)],
  ])('refuses %s without repeating it', (_, text) => {
    expect(() => parseMtproxySecret(text)).toThrow(
      expect.objectContaining({ name: 'LocalError', failure: 'argument', path: 'proxy.secret', message: expect.not.stringContaining(text || 'zzz') }),
    )
  })
})

describe('a link to an MTProxy', () => {
  it.each([
    'tg://proxy?server=proxy.example.org&port=443&secret=',
    'tg:proxy?server=proxy.example.org&port=443&secret=',
    'https://t.me/proxy?server=proxy.example.org&port=443&secret=',
    't.me/proxy?port=443&server=proxy.example.org&secret=',
    'http://telegram.me/proxy/?server=proxy.example.org&port=443&secret=',
  ])('%s', (link) => {
    const address = { host: 'proxy.example.org', port: 443 }
    expect(parseMtproxyLink(link + hex)).toEqual({ ...address, secret: { kind: 'plain', key } })
    expect(parseMtproxyLink(`${link}${url(fakeTls)}&comment=x`)).toEqual({
      ...address,
      secret: { kind: 'fake-tls', key, domain: 'www.example.org' },
    })
  })
  it('takes standard base64 too, in which a + is not a space', () => {
    const plus = fromHex('fbefbefbefbefbefbefbefbefbefbefb')
    expect(toBase64(plus)).toContain('+')
    for (const secret of [toBase64(plus), encodeURIComponent(toBase64(plus))]) {
      expect(parseMtproxyLink(`tg://proxy?server=10.0.0.1&port=1&secret=${secret}`).secret).toEqual({ kind: 'plain', key: plus })
    }
  })
  it('takes an IPv6 address', () => {
    expect(parseMtproxyLink(`tg://proxy?server=2001:db8::1&port=443&secret=${hex}`).host).toBe('2001:db8::1')
  })
  it.each([
    ['tg://socks?server=a&port=1', 'proxy.link'],
    ['https://example.org/proxy?server=a&port=1&secret=', 'proxy.link'],
    [`tg://proxy?port=443&secret=${hex}`, 'proxy.server'],
    [`tg://proxy?server=a%20b&port=443&secret=${hex}`, 'proxy.server'],
    [`tg://proxy?server=a&port=0&secret=${hex}`, 'proxy.port'],
    [`tg://proxy?server=a&port=65536&secret=${hex}`, 'proxy.port'],
    [`tg://proxy?server=a&port=4e2&secret=${hex}`, 'proxy.port'],
    [`tg://proxy?server=a&secret=${hex}`, 'proxy.port'],
    ['tg://proxy?server=a&port=1', 'proxy.secret'],
    ['tg://proxy?server=a&port=1&secret=00', 'proxy.secret'],
  ])('refuses %s by its %s', (link, path) => {
    expect(() => parseMtproxyLink(link)).toThrow(expect.objectContaining({ name: 'LocalError', failure: 'argument', path }))
  })
})
