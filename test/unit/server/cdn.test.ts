import { createDecipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { parseRsaPublicKey } from '../../../src/crypto/rsa.js'
import { sha256 } from '../../../src/crypto/sha.js'
import { loggedIn, testServer } from './setup.js'
import { TestClient } from './test-client.js'

describe('files on a caching data centre', () => {
  const server = testServer({ dataCentres: [{ id: 2, port: 4430 }, { id: 203, port: 4431, cdn: true }] })
  const { platform, core } = server
  const bytes = platform.random.fill(new Uint8Array(300_000))
  const file = core.world.addFile({ bytes, cdn: true })
  const master = loggedIn(server)
  const location = new Api.InputDocumentFileLocation({
    id: file.id,
    accessHash: file.accessHash,
    fileReference: Buffer.from(file.reference),
    thumbSize: '',
  })
  const ask = (cdnSupported: boolean): Api.upload.TypeFile =>
    master.call(new Api.upload.GetFile({ location, offset: 0, limit: 131_072, cdnSupported }))

  const { publicKeys } = master.call(new Api.help.GetCdnConfig())
  const caching = new TestClient(core, platform, undefined, 203)
  caching.exchangeKeys(parseRsaPublicKey(publicKeys[0]!.publicKey), { dc: 203 })

  it('come from the master for clients that know no caching data centres', () => {
    expect(ask(false)).toBeInstanceOf(Api.upload.File)
    expect(ask(true)).toBeInstanceOf(Api.upload.FileCdnRedirect)
  })

  it('have another RSA key, which the master names', () => {
    expect(publicKeys).toMatchObject([{ dcId: 203 }])
    expect(publicKeys[0]!.publicKey).not.toBe(core.centre().dc.publicKey)
  })

  it('arrive there on request, encrypted, with hashes of every window of the plain file', () => {
    const redirect = ask(true) as Api.upload.FileCdnRedirect
    const { fileToken, encryptionKey, encryptionIv } = redirect
    const part = (offset: number) => caching.call(new Api.upload.GetCdnFile({ fileToken, offset, limit: 131_072 }))
    const { requestToken } = part(0) as Api.upload.CdnFileReuploadNeeded
    const hashes = master.call(new Api.upload.ReuploadCdnFile({ fileToken, requestToken }))
    expect(hashes.map(({ limit }) => limit)).toEqual([131_072, 131_072, 37_856])
    for (const { offset, hash } of hashes) {
      const encrypted = (part(Number(offset)) as Api.upload.CdnFile).bytes
      const iv = Buffer.from(encryptionIv)
      iv.writeUInt32BE(Number(offset) / 16, 12)
      const plain = createDecipheriv('aes-256-ctr', encryptionKey, iv).update(encrypted)
      expect(Buffer.from(sha256(plain)).equals(hash)).toBe(true)
      expect(plain.equals(bytes.subarray(Number(offset), Number(offset) + 131_072))).toBe(true)
    }
  })

  it('serves nothing else, and knows no other token', () => {
    expect(() => caching.call(new Api.users.GetUsers({ id: [] }))).toThrow('400 CDN_METHOD_INVALID')
    const other = new Api.upload.GetCdnFile({ fileToken: Buffer.alloc(32), offset: 0, limit: 4096 })
    expect(() => caching.call(other)).toThrow('400 FILE_TOKEN_INVALID')
  })
})
