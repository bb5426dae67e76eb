import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { CustomFile } from '../../../src/client/files/source.js'
import { client, counts, hash, MB, randomBytes, server, serveFiles, warnings } from './file-server.js'

serveFiles()

/** What the server has of an upload. */
async function stored(file: Api.InputFile | Api.InputFileBig): Promise<Uint8Array> {
  const media = new Api.InputMediaUploadedDocument({ file, mimeType: 'a/b', attributes: [] })
  const answer = (await client.invoke(new Api.messages.UploadMedia({ peer: 'me', media }))) as Api.MessageMediaDocument
  return server.world.files.get(BigInt(String((answer.document as Api.Document).id)))!.bytes
}

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

describe('uploadFile', () => {
  it.each([1, 1024, 128 * 1024, 128 * 1024 + 1, 3 * MB + 7])('F1: %i bytes arrive as a small file', async (length) => {
    const bytes = randomBytes(length)
    const progress: number[] = []
    const file = await client.uploadFile({
      file: new CustomFile('a.bin', length, '', bytes),
      workers: 3,
      onProgress: (part) => void progress.push(part),
    })
    expect(file).toBeInstanceOf(Api.InputFile)
    expect(hash(await stored(file))).toBe(hash(bytes))
    expect(progress.at(-1)).toBe(1)
  })
  it('F1: more than 10 MB arrive as a big file', async () => {
    const bytes = randomBytes(11 * MB + 5)
    const file = await client.uploadFile({ file: bytes, workers: 8 })
    expect(file).toBeInstanceOf(Api.InputFileBig)
    expect(file.parts).toBe(23)
    expect(hash(await stored(file))).toBe(hash(bytes))
  })
  it.each([5, 512 * 1024, MB + 9])('F1: a stream of %i bytes whose length nobody knew arrives', async (length) => {
    const bytes = randomBytes(length)
    const file = await client.uploadFile({ file: { name: 's.bin', stream: chunks(bytes, 100_001) } })
    expect(hash(await stored(file))).toBe(hash(bytes))
  })
  it('reads a path, and a File of a browser', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rawgram-upload-'))
    try {
      const bytes = randomBytes(200_000)
      writeFileSync(join(folder, 'named.bin'), bytes)
      const file = await client.uploadFile({ file: join(folder, 'named.bin') })
      expect(file.name).toBe('named.bin')
      expect(hash(await stored(file))).toBe(hash(bytes))
      expect(hash(await stored(await client.uploadFile({ file: new Blob([bytes as Uint8Array<ArrayBuffer>]) })))).toBe(
        hash(bytes),
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
  it('is refused when there is nothing to upload, and can be cancelled', async () => {
    await expect(client.uploadFile({ file: new Uint8Array(0) })).rejects.toMatchObject({
      failure: 'argument',
      message: /empty/,
    })
    await expect(client.uploadFile({ file: 5 as never })).rejects.toMatchObject({ failure: 'argument' })
    const onProgress: ((part: number) => void) & { isCanceled?: boolean } = () => void (onProgress.isCanceled = true)
    await expect(client.uploadFile({ file: randomBytes(MB), onProgress, workers: 1 })).rejects.toMatchObject({
      failure: 'aborted',
      message: 'USER_CANCELED',
    })
    expect(counts.get('upload.SaveFilePart')).toBe(1)
    await expect(client.uploadFile({ file: randomBytes(MB), signal: AbortSignal.abort() })).rejects.toMatchObject({
      failure: 'aborted',
    })
  })
})

describe('an uploaded file, when it is used', () => {
  const use = (file: Api.InputFile | Api.InputFileBig): Promise<unknown> =>
    client.invoke(
      new Api.messages.UploadMedia({
        peer: 'me',
        media: new Api.InputMediaUploadedDocument({ file, mimeType: 'a/b', attributes: [] }),
      }),
    )
  const lose = (file: Api.InputFile | Api.InputFileBig, part: number): void =>
    expect(server.world.uploads.of(server.user('username').id).lose(BigInt(String(file.id)), part)).toBe(true)

  it('F1: a small one names its MD5, and the server refuses another one', async () => {
    const bytes = new TextEncoder().encode('message digest') // RFC 1321, appendix A.5
    const file = (await client.uploadFile({ file: bytes })) as Api.InputFile
    expect(file.md5Checksum).toBe('f96b697d7cb7938d525a2f31aaf161d0')
    const wrong = new Api.InputFile({ ...file, md5Checksum: 'f96b697d7cb7938d525a2f31aaf161d1' })
    await expect(use(wrong)).rejects.toMatchObject({ code: 400, type: 'MD5_CHECKSUM_INVALID' })
    expect(hash(await stored(file))).toBe(hash(bytes))
  })
  it('F1: its MD5 is that of the whole, in whatever order its parts arrive', async () => {
    const bytes = randomBytes(700_001)
    const file = (await client.uploadFile({ file: bytes, workers: 5 })) as Api.InputFile
    expect(file.md5Checksum).toBe(createHash('md5').update(bytes).digest('hex'))
  })
  it.each([
    ['small', 5 * 128 * 1024 + 9, 'upload.SaveFilePart'],
    ['big', 11 * MB, 'upload.SaveBigFilePart'],
  ])('F1: parts of a %s one that the server has lost are uploaded again, and no others', async (_, length, method) => {
    const bytes = randomBytes(length)
    const file = await client.uploadFile({ file: bytes })
    lose(file, 1)
    lose(file, 4)
    counts.clear()
    expect(hash(await stored(file))).toBe(hash(bytes))
    expect(counts.get(method)).toBe(2)
    expect(counts.get('messages.UploadMedia')).toBe(3)
    expect(warnings.map((text) => text.slice(0, 24))).toEqual(['part 1 of unnamed is mis', 'part 4 of unnamed is mis'])
  })
  it('F1: a part that is lost again and again, or of a stream, is an error that names it', async () => {
    const file = await client.uploadFile({ file: randomBytes(300_000) })
    lose(file, 2)
    server.faults.query = (method) => {
      counts.set(method, (counts.get(method) ?? 0) + 1)
      if (method === 'messages.UploadMedia') server.world.uploads.of(server.user('username').id).lose(BigInt(String(file.id)), 2)
      return undefined
    }
    const missing = { code: 400, type: 'FILE_PART_MISSING', argument: 2, message: /FILE_PART_2_MISSING/ }
    await expect(use(file)).rejects.toMatchObject(missing)
    expect(counts.get('messages.UploadMedia')).toBe(3)

    const streamed = await client.uploadFile({ file: { name: 's.bin', stream: chunks(randomBytes(3 * MB), 99_999) } })
    lose(streamed, 2)
    counts.clear()
    await expect(use(streamed)).rejects.toMatchObject(missing)
    expect(counts.get('messages.UploadMedia')).toBe(1)
  })
  it('F1: a lost part of a path is not made up from a file that has changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rawgram-upload-'))
    try {
      const path = join(folder, 'named.bin')
      writeFileSync(path, randomBytes(200_000))
      const file = await client.uploadFile({ file: path })
      lose(file, 0)
      writeFileSync(path, randomBytes(200_001))
      await expect(use(file)).rejects.toMatchObject({ failure: 'argument', message: /named.bin has changed/ })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
