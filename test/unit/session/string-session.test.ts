import { StringSession as PublishedSession } from 'telegram/sessions/index.js'
import { AuthKey as PublishedKey } from 'telegram/crypto/AuthKey.js'
import { describe, expect, it } from 'vitest'
import { concat } from '../../../src/bytes/bytes.js'
import { toBase64 } from '../../../src/bytes/base64.js'
import { LocalError } from '../../../src/errors/errors.js'
import { AuthKey } from '../../../src/session/auth-key.js'
import { StringSession } from '../../../src/session/string-session.js'

const key = Uint8Array.from({ length: 256 }, (_, i) => (i * 7 + 3) & 255)

function session(dcId: number, address: string, port: number): StringSession {
  const made = new StringSession('')
  made.setDC(dcId, address, port)
  made.setAuthKey(new AuthKey(key))
  return made
}

async function published(dcId: number, address: string, port: number): Promise<string> {
  const made = new PublishedSession('')
  made.setDC(dcId, address, port)
  const authKey = new PublishedKey()
  await authKey.setKey(Buffer.from(key))
  made.authKey = authKey
  return made.save()
}

function telethon(dc: number, ip: readonly number[], port: number): string {
  return `1${toBase64(concat(Uint8Array.of(dc, ...ip, port >> 8, port & 255), key))}`
}

describe('session strings', () => {
  it.each([
    [4, '149.154.167.50', 443],
    [2, '127.0.0.1', 12345],
    [1, '2001:67c:4e8:f002::a', 80],
    [5, 'flora.web.telegram.org', 443],
  ])('of data centre %i at %s are written byte for byte as existing packages write them', async (dc, address, port) => {
    const text = session(dc, address, port).save()
    expect(text).toBe(await published(dc, address, port))
    const read = new StringSession(text)
    expect([read.dcId, read.serverAddress, read.port]).toEqual([dc, address, port])
    expect(read.authKey?.getKey()).toEqual(Buffer.from(key))
    expect(read.save()).toBe(text)
  })
  it('keep ports above 32767', () => {
    expect(new StringSession(session(2, '127.0.0.1', 60_000).save()).port).toBe(60_000)
  })
  it('of Telethon are read, for IPv4 and IPv6, in either alphabet, padded or not, with a line break at the end', () => {
    const v4 = telethon(4, [149, 154, 167, 91], 443)
    for (const text of [v4, v4.replace(/=+$/, ''), `${v4}\n`, v4.replace(/\+/g, '-').replace(/\//g, '_')]) {
      const read = new StringSession(text)
      expect([read.dcId, read.serverAddress, read.port]).toEqual([4, '149.154.167.91', 443])
      expect(read.authKey?.getKey()).toEqual(Buffer.from(key))
    }
    const v6 = new StringSession(telethon(2, [0x20, 1, 6, 0x7c, 4, 0xe8, 0xf0, 2, 0, 0, 0, 0, 0, 0, 0, 0xa], 443))
    expect(v6.serverAddress).toBe('2001:67c:4e8:f002::a')
  })
  it('that are empty make an empty session, which saves as an empty string', () => {
    for (const text of ['', undefined, ' \n']) {
      const empty = new StringSession(text)
      expect(empty.save()).toBe('')
      expect(empty.authKey).toBeUndefined()
    }
  })
  it('that are damaged are refused, and no part of the key stands in the message', () => {
    const good = session(2, '127.0.0.1', 443).save()
    const damaged = [
      '2' + good.slice(1),
      good.slice(0, 180),
      good.slice(0, -6),
      `${good}AAAA`,
      '1',
      '1AgAO!!',
      good.slice(0, 50) + '*' + good.slice(51),
    ]
    for (const text of damaged) {
      let refusal: unknown
      try {
        new StringSession(text)
      } catch (error) {
        refusal = error
      }
      expect(refusal, text.slice(0, 12)).toBeInstanceOf(LocalError)
      expect((refusal as LocalError).failure).toBe('session')
      expect((refusal as LocalError).message).not.toContain(good.slice(100, 110))
    }
  })
  it('cut at any byte are refused', () => {
    const bytes = StringSession.decode(session(2, '127.0.0.1', 443).save().slice(1))
    for (let length = 1; length < bytes.length; length++) {
      expect(() => new StringSession(`1${StringSession.encode(bytes.subarray(0, length))}`), `${length}`).toThrow(
        LocalError,
      )
    }
  })
  it('are not written when the data centre does not fit in its byte', () => {
    expect(() => session(10_002, '127.0.0.1', 443).save()).toThrow(/10002 does not fit/)
  })
})

describe('an authorisation key', () => {
  it('has the id that existing packages compute, and shows itself in no log', async () => {
    const theirs = new PublishedKey()
    await theirs.setKey(Buffer.from(key))
    const ours = new AuthKey()
    await ours.setKey(Buffer.from(key))
    expect(ours.keyId?.toString()).toBe(BigInt.asUintN(64, BigInt(String(theirs.keyId))).toString())
    expect(ours.equals(new AuthKey(key))).toBe(true)
    expect(JSON.stringify(ours)).toBe('{}')
  })
  it('of another length is refused', () => {
    expect(() => new AuthKey(key.subarray(1))).toThrow(/256 bytes, got 255/)
  })
})
