import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { concat } from '../../../src/bytes/bytes.js'
import { RpcError } from '../../../src/errors/rpc-error.js'
import { client, counts, document, hash, MB, randomBytes, server, serveFiles, warnings } from './file-server.js'

serveFiles()

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
      expect(await client.downloadFile(document(file), { outputFile: join(folder, 'out') })).toBe(join(folder, 'out'))
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
  it('hands out nothing any more when a reader of parts has given up, although parts are there', async () => {
    const file = server.world.addFile({ bytes: randomBytes(4 * MB) })
    const abort = new AbortController()
    const parts = client.iterDownload({ file: document(file), signal: abort.signal, requestSize: MB / 2, workers: 4 })
    expect((await parts.next()).value).toHaveLength(MB / 2)
    await new Promise((resolve) => setTimeout(resolve, 50))
    abort.abort(new Error('enough'))
    await expect(parts.next()).rejects.toMatchObject({ failure: 'aborted', cause: { message: 'enough' } })
  })
  it('leaves pictures of files to downloadMedia', async () => {
    const file = server.world.addFile({ bytes: randomBytes(5) })
    await expect(client.downloadFile(document(file), { thumb: 0 } as object)).rejects.toMatchObject({
      failure: 'argument',
      message: /^thumb: expected nothing; downloadMedia\(\) takes it/,
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
