import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { loggedIn, testServer } from './setup.js'

describe('files', () => {
  it('are uploaded in parts and come back byte for byte', () => {
    const server = testServer()
    const client = loggedIn(server)
    const bytes = server.platform.random.fill(new Uint8Array(10_000))
    for (let part = 0; part * 4096 < bytes.length; part++) {
      const piece = Buffer.from(bytes.subarray(part * 4096, part * 4096 + 4096))
      client.call(new Api.upload.SaveFilePart({ fileId: 9, filePart: part, bytes: piece }))
    }
    const file = new Api.InputFile({ id: 9, parts: 3, name: 'a.bin', md5Checksum: '' })
    const media = new Api.InputMediaUploadedDocument({ file, mimeType: 'x/y', attributes: [] })
    const upload = new Api.messages.UploadMedia({ peer: new Api.InputPeerSelf(), media })
    const made = client.call(upload) as Api.MessageMediaDocument
    const { id, accessHash, fileReference } = made.document as Api.Document
    const location = new Api.InputDocumentFileLocation({ id, accessHash, fileReference, thumbSize: '' })
    const read = (offset: number, limit: number): Uint8Array =>
      (client.call(new Api.upload.GetFile({ location, offset, limit })) as Api.upload.File).bytes
    expect(Buffer.concat([read(0, 4096), read(4096, 4096), read(8192, 4096)]).equals(Buffer.from(bytes))).toBe(true)
    expect(() => read(100, 4096)).toThrow('400 OFFSET_INVALID')
    expect(() => read(0, 5000)).toThrow('400 LIMIT_INVALID')
    expect(() => read(4096, 1 << 20)).toThrow('400 LIMIT_INVALID')
    server.core.world.files.get(BigInt(id.toString()))!.reference = server.core.world.newReference()
    expect(() => read(0, 4096)).toThrow('400 FILE_REFERENCE_EXPIRED')
  })

  it('of two accounts that chose one id have nothing to do with each other', () => {
    const server = testServer()
    const [one, other] = [loggedIn(server), loggedIn(server, 'friend_of_username')]
    const uploadPart = (client: typeof one, filePart: number, text: string): boolean =>
      client.call(new Api.upload.SaveFilePart({ fileId: 9, filePart, bytes: Buffer.from(text) }))
    const file = new Api.InputFile({ id: 9, parts: 1, name: 'a.bin', md5Checksum: '' })
    const media = new Api.InputMediaUploadedDocument({ file, mimeType: 'x/y', attributes: [] })
    const upload = new Api.messages.UploadMedia({ peer: new Api.InputPeerSelf(), media })
    uploadPart(one, 0, 'of one')
    expect(() => other.call(upload)).toThrow('400 FILE_PARTS_INVALID')
    uploadPart(other, 0, 'of the other')
    one.call(upload)
    other.call(upload)
    const texts = [...server.core.world.files.values()].map(({ bytes }) => Buffer.from(bytes).toString())
    expect(texts).toEqual(['of one', 'of the other'])
  })
})
