import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { concat } from '../../../src/bytes/bytes.js'
import { toHex } from '../../../src/bytes/hex.js'
import type { ClientLogger } from '../../../src/client/logger.js'
import { CustomFile } from '../../../src/client/files/source.js'
import { TelegramClient } from '../../../src/client/telegram-client.js'
import { sha256 } from '../../../src/crypto/sha.js'
import { RpcError } from '../../../src/errors/rpc-error.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { startServer, type TelegramServer } from '../../../src/server/start-server.js'
import type { WorldFile } from '../../../src/server/world/files.js'
import { StringSession } from '../../../src/session/string-session.js'

const MB = 1024 * 1024
let server: TelegramServer
let client: TelegramClient
let warnings: string[] = []
const counts = new Map<string, number>()

beforeAll(async () => {
  server = await startServer({ port: 0, strict: true, dataCentres: [{ id: 2 }, { id: 4 }, { id: 203, cdn: true }] })
  const baseLogger: ClientLogger = { error() {}, info() {}, debug() {}, warn: (message) => void warnings.push(message) }
  client = new TelegramClient(new StringSession(server.login({ username: 'username' })), 1, 'hash', {
    serverKeys: [server.publicKey],
    timeout: 20,
    baseLogger,
  })
  await client.connect()
})
afterAll(async () => {
  await client.destroy()
  await server.close()
})
beforeEach(() => {
  warnings = []
  counts.clear()
  server.faults.query = (method) => {
    counts.set(method, (counts.get(method) ?? 0) + 1)
    return undefined
  }
  delete server.faults.answer
})

const randomBytes = (length: number, seed = 1): Uint8Array => seededRandom(seed).fill(new Uint8Array(length))
const hash = (bytes: Uint8Array): string => toHex(sha256(bytes))

function document(file: WorldFile): Api.Document {
  return new Api.Document({
    id: file.id,
    accessHash: file.accessHash,
    fileReference: file.reference,
    date: 1,
    mimeType: file.mimeType,
    size: file.bytes.length,
    dcId: file.dcId,
    attributes: [],
  })
}

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
    expect(server.world.uploads.lose(BigInt(String(file.id)), part)).toBe(true)

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
      if (method === 'messages.UploadMedia') server.world.uploads.lose(BigInt(String(file.id)), 2)
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

describe('downloadFile', () => {
  it.each([1, 4096, 512 * 1024, 512 * 1024 + 1, 5 * MB + 3])(
    'F1: %i bytes arrive, with and without a known size',
    async (length) => {
      const file = server.world.addFile({ bytes: randomBytes(length) })
      const progress: number[] = []
      const bytes = await client.downloadFile(document(file), {
        progressCallback: (done, all) => void progress.push(done.toJSNumber() / all.toJSNumber()),
      })
      expect(Buffer.isBuffer(bytes)).toBe(true)
      expect(hash(bytes!)).toBe(hash(file.bytes))
      expect(progress.at(-1)).toBe(1)
      const { location } = {
        location: new Api.InputDocumentFileLocation({
          id: file.id,
          accessHash: file.accessHash,
          fileReference: file.reference,
          thumbSize: '',
        }),
      }
      expect(hash((await client.downloadFile(location, { partSizeKb: 64, workers: 16 }))!)).toBe(hash(file.bytes))
    },
  )
  it('R8: follows the file to its data centre once, and is not sent there again part by part', async () => {
    const file = server.world.addFile({ bytes: randomBytes(3 * MB), dcId: 4 })
    const location = new Api.InputDocumentFileLocation({
      id: file.id,
      accessHash: file.accessHash,
      fileReference: file.reference,
      thumbSize: '',
    })
    expect(hash((await client.downloadFile(location, { workers: 1 }))!)).toBe(hash(file.bytes))
    expect(counts.get('upload.GetFile')).toBe(6 + 1 + 1)
    expect(counts.get('auth.ImportAuthorization')).toBe(1)
  })
  it('writes to a path', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rawgram-download-'))
    try {
      const file = server.world.addFile({ bytes: randomBytes(2 * MB + 1) })
      expect(await client.downloadFile(document(file), { outputFile: join(folder, 'out') })).toBeUndefined()
      expect(hash(readFileSync(join(folder, 'out')))).toBe(hash(file.bytes))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
  it('F3: a reference that expires in the middle is fetched anew, and the download goes on at that part', async () => {
    const file = server.world.addFile({ bytes: randomBytes(6 * MB) })
    let parts = 0
    let refreshes = 0
    server.faults.query = (method) => {
      if (method === 'upload.GetFile' && ++parts === 7) file.reference = randomBytes(8, 99)
      return undefined
    }
    const refreshLocation = async (): Promise<Api.TypeInputFileLocation> => {
      refreshes++
      return new Api.InputDocumentFileLocation({
        id: file.id,
        accessHash: file.accessHash,
        fileReference: file.reference,
        thumbSize: '',
      })
    }
    const bytes = await client.downloadFile(document(file), { refreshLocation })
    expect(hash(bytes!)).toBe(hash(file.bytes))
    expect(refreshes).toBe(1)
    expect(parts).toBeLessThanOrEqual(12 + 4)
  })
  it.each(['FILE_REFERENCE_INVALID', 'FILE_REFERENCE_0_EXPIRED', 'FILEREF_UPGRADE_NEEDED'])(
    'F3: %s is mended the same way, and raised where it cannot be',
    async (error) => {
      const file = server.world.addFile({ bytes: randomBytes(1000) })
      let refused = false
      server.faults.query = (method) => {
        if (method !== 'upload.GetFile' || refused) return undefined
        refused = true
        return new RpcError(400, error)
      }
      await expect(client.downloadFile(document(file))).rejects.toMatchObject({ rpcMessage: error })
      refused = false
      const refreshLocation = async (): Promise<Api.TypeInputFileLocation> =>
        new Api.InputDocumentFileLocation({
          id: file.id,
          accessHash: file.accessHash,
          fileReference: file.reference,
          thumbSize: '',
        })
      expect((await client.downloadFile(document(file), { refreshLocation }))!.length).toBe(1000)
    },
  )
  it('F4: more bytes than were asked for are refused, and so is a short part in the middle', async () => {
    const file = server.world.addFile({ bytes: randomBytes(MB) })
    const answer = (bytes: Uint8Array): Uint8Array =>
      new Api.upload.File({ type: new Api.storage.FileUnknown(), mtime: 1, bytes }).getBytes()
    server.faults.answer = (method) => (method === 'upload.GetFile' ? answer(new Uint8Array(8192)) : undefined)
    await expect(client.downloadFile(document(file), { partSizeKb: 4 })).rejects.toMatchObject({
      failure: 'file',
      message: /8192 bytes .* where 4096/,
    })
    server.faults.answer = (method) => (method === 'upload.GetFile' ? answer(new Uint8Array(100)) : undefined)
    await expect(client.downloadFile(document(file))).rejects.toMatchObject({
      failure: 'file',
      message: /short part in the middle/,
    })
    await expect(client.downloadFile(document(file), { fileSize: 0 })).rejects.toMatchObject({ failure: 'file' })
  })
  it('can be cancelled, by signal and by its callback', async () => {
    const file = server.world.addFile({ bytes: randomBytes(4 * MB) })
    const progressCallback: (() => void) & { isCanceled?: boolean } = () => void (progressCallback.isCanceled = true)
    await expect(client.downloadFile(document(file), { progressCallback, workers: 1 })).rejects.toMatchObject({
      failure: 'aborted',
    })
    await expect(client.downloadFile(document(file), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      failure: 'aborted',
    })
  })
  it('refuses what is no file', async () => {
    await expect(client.downloadFile({})).rejects.toMatchObject({
      failure: 'argument',
      message: /file: expected a location/,
    })
    await expect(
      client.downloadFile(document(server.world.addFile({ bytes: randomBytes(5) })), { partSizeKb: 3 }),
    ).rejects.toMatchObject({ failure: 'argument' })
  })
})

describe('iterDownload', () => {
  it('begins anywhere, cuts chunks as asked, and stops when nobody reads on', async () => {
    const file = server.world.addFile({ bytes: randomBytes(3 * MB) })
    const seen: Uint8Array[] = []
    for await (const chunk of client.iterDownload({
      file: document(file),
      offset: 700_001,
      chunkSize: 100_000,
      limit: 5,
    }))
      seen.push(chunk)
    expect(seen.map(({ length }) => length)).toEqual([100_000, 100_000, 100_000, 100_000, 100_000])
    expect(hash(concat(...seen))).toBe(hash(file.bytes.subarray(700_001, 1_200_001)))
    for await (const chunk of client.iterDownload({ file: document(file), requestSize: 4096 })) {
      expect(chunk.length).toBe(4096)
      break
    }
    await client.getMe()
    expect(server.violations).toEqual([])
  })
})

describe('caching data centres', () => {
  it('F2: serve files once the master has uploaded them, and every hash is checked', async () => {
    const file = server.world.addFile({ bytes: randomBytes(3 * MB + 77), cdn: true })
    expect(hash((await client.downloadFile(document(file)))!)).toBe(hash(file.bytes))
    expect(counts.get('upload.ReuploadCdnFile')).toBeGreaterThan(0)
    expect(counts.get('upload.GetCdnFile')).toBeGreaterThan(6)
    expect(warnings).toEqual([])
  })
  it('F2: that send one wrong byte are left for the master, and no wrong byte is handed out', async () => {
    const file = server.world.addFile({ bytes: randomBytes(3 * MB + 77), cdn: true })
    server.faults.answer = (method, result) => {
      if (method !== 'upload.GetCdnFile' || result.length < 5000) return undefined
      const tampered = result.slice()
      tampered[4000]! ^= 1
      return tampered
    }
    expect(hash((await client.downloadFile(document(file)))!)).toBe(hash(file.bytes))
    expect(warnings).toEqual([expect.stringMatching(/do not match their hash/)])
  })
  it('F2: that were not offered are a protocol error', async () => {
    const file = server.world.addFile({ bytes: randomBytes(5000), cdn: true })
    const redirect = new Api.upload.FileCdnRedirect({
      dcId: 203,
      fileToken: randomBytes(4),
      encryptionKey: randomBytes(32),
      encryptionIv: randomBytes(16),
      fileHashes: [],
    }).getBytes()
    server.faults.answer = (method) => (method === 'upload.GetFile' ? redirect : undefined)
    await expect(client.downloadFile(document(file))).rejects.toMatchObject({ failure: 'file', message: /not offered/ })
  })
})

describe('transfers that go wrong', () => {
  const stuck = async function* (bytes: number): AsyncGenerator<Uint8Array> {
    if (bytes > 0) yield new Uint8Array(bytes)
    await new Promise(() => {})
  }
  it.each([0, MB])('F1: an upload of a stream that is stuck after %i bytes ends when it is aborted', async (bytes) => {
    const aborting = new AbortController()
    const upload = client.uploadFile({ file: { name: 's', stream: stuck(bytes) }, signal: aborting.signal })
    setTimeout(() => aborting.abort(), 50)
    await expect(upload).rejects.toMatchObject({ failure: 'aborted' })
  })
  it('F1: an upload of a stream that is stuck ends when the client disconnects', async () => {
    const other = new TelegramClient(new StringSession(server.login({ username: 'username' })), 1, 'hash', {
      serverKeys: [server.publicKey],
    })
    await other.connect()
    const upload = other.uploadFile({ file: { name: 's', stream: stuck(2 * MB) } })
    setTimeout(() => void other.disconnect(), 50)
    await expect(upload).rejects.toMatchObject({ failure: 'disconnected' })
  })
  it('F1: an upload of a stream that is stuck ends when the server refuses a part', async () => {
    server.faults.query = (method) =>
      method === 'upload.SaveBigFilePart' ? new RpcError(400, 'FILE_PART_INVALID') : undefined
    await expect(client.uploadFile({ file: { name: 's', stream: stuck(2 * MB) } })).rejects.toMatchObject({
      type: 'FILE_PART_INVALID',
    })
  })
  it('F1: chunks that are no bytes are refused', async () => {
    const stream = (async function* () {
      yield 'text' as never
    })()
    await expect(client.uploadFile({ file: { name: 's', stream } })).rejects.toThrow(
      'stream: expected chunks of bytes, got "text"',
    )
  })
  it.each([Number.NaN, 'four' as never])('workers that are no number are refused: %s', async (workers) => {
    const file = server.world.addFile({ bytes: randomBytes(10) })
    const refusal = /^workers: expected a number from 1 to 16/
    await expect(client.uploadFile({ file: randomBytes(10), workers })).rejects.toThrow(refusal)
    await expect(client.downloadFile(document(file), { workers })).rejects.toThrow(refusal)
  })
  it.each([0, 1000])('F2: a path that cannot be written to is an error, for a file of %i bytes', async (bytes) => {
    const file = server.world.addFile({ bytes: randomBytes(bytes) })
    const outputFile = join(tmpdir(), 'rawgram-no-such-folder', 'x.bin')
    await expect(client.downloadFile(document(file), { outputFile })).rejects.toMatchObject({ code: 'ENOENT' })
  })
  it('F2: a stream that is slow is waited for, so that no more than a part waits in it', async () => {
    const file = server.world.addFile({ bytes: randomBytes(4 * MB) })
    let [most, taken] = [0, 0]
    const outputFile = new Writable({
      write(chunk: Uint8Array, _encoding, done) {
        most = Math.max(most, outputFile.writableLength)
        taken += chunk.length
        setTimeout(done, 5)
      },
    })
    await client.downloadFile(document(file), { outputFile })
    expect([most, taken]).toEqual([512 * 1024, 4 * MB])
  })
  it('F2: a stream that fails ends the download', async () => {
    const file = server.world.addFile({ bytes: randomBytes(2 * MB) })
    const outputFile = new Writable({ write: (_chunk, _encoding, done) => done(new Error('the disk is full')) })
    outputFile.on('error', () => {})
    await expect(client.downloadFile(document(file), { outputFile })).rejects.toThrow('the disk is full')
  })
  it('what a progress callback rejects with ends the transfer', async () => {
    const file = server.world.addFile({ bytes: randomBytes(1000) })
    const fail = async (): Promise<never> => {
      throw new Error('no room on the screen')
    }
    await expect(client.uploadFile({ file: randomBytes(1000), onProgress: fail })).rejects.toThrow('no room')
    await expect(client.downloadFile(document(file), { progressCallback: fail })).rejects.toThrow('no room')
  })
})
