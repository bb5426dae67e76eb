import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import type { FileSeed } from '../../../src/server/world/files.js'
import { client, counts, hash, randomBytes, server, serveFiles } from './file-server.js'

serveFiles()

const folder = mkdtempSync(join(tmpdir(), 'rawgram-media-'))
afterAll(() => rmSync(folder, { recursive: true }))

const STRIPPED = Uint8Array.of(1, 30, 40, 7, 8, 9)
const THUMBS = [
  { type: 'x', bytes: randomBytes(9000, 2) },
  { type: 'm', bytes: randomBytes(3000, 3) },
  { type: 'i', bytes: STRIPPED },
]

/** The message that comes back when a file of the server is sent. */
async function sent(seed: FileSeed): Promise<Api.Message> {
  const { id, accessHash, reference } = server.world.addFile(seed)
  const fields = { id, accessHash, fileReference: reference }
  const media = seed.photo
    ? new Api.InputMediaPhoto({ id: new Api.InputPhoto(fields) })
    : new Api.InputMediaDocument({ id: new Api.InputDocument(fields) })
  const updates = (await client.invoke(new Api.messages.SendMedia({ peer: 'me', media, message: '' }))) as Api.Updates
  return updates.updates.map((update) => (update as { message?: unknown }).message).find((each) => each instanceof Api.Message)!
}

describe.each([true, false])('downloadMedia of a message with a photo: %s', (photo) => {
  const whole = randomBytes(20_000, 4)
  const seed = { bytes: whole, photo, thumbs: THUMBS, mimeType: 'video/mp4' }

  it('gives the whole, or the picture that is named by its index, its letter, or the size itself', async () => {
    const message = await sent(seed)
    expect(hash(await client.downloadMedia(message))).toBe(hash(whole))
    for (const thumb of [1, 'm', new Api.PhotoSize({ type: 'm', w: 1, h: 1, size: 3000 })])
      expect(hash(await client.downloadMedia(message, { thumb }))).toBe(hash(THUMBS[1]!.bytes))
    expect(hash(await client.downloadMedia(message.media, { thumb: 2 }))).toBe(hash(THUMBS[0]!.bytes))
  })
  it('unfolds a stripped picture to a JPEG, and gives a cached one, without a request', async () => {
    const message = await sent(seed)
    counts.clear()
    const progress: number[] = []
    const progressCallback = (done: { toJSNumber(): number }): void => void progress.push(done.toJSNumber())
    const jpeg = await client.downloadMedia(message, { thumb: 'i', progressCallback })
    expect(jpeg).toHaveLength(623 + 3 + 2)
    expect(jpeg.subarray(0, 3).toString('hex')).toBe('ffd8ff')
    // The frame header says the size: its marker, length and precision, then 30 rows of 40.
    expect(jpeg.subarray(158, 167).toString('hex')).toBe('ffc000110800' + '1e' + '0028')
    expect(jpeg.subarray(623).toString('hex')).toBe('070809ffd9')
    expect(await client.downloadMedia(message, { thumb: 0 })).toEqual(jpeg)
    const cached = new Api.PhotoCachedSize({ type: 's', w: 1, h: 1, bytes: Uint8Array.of(5, 6) })
    expect([...(await client.downloadMedia(message, { thumb: cached }))]).toEqual([5, 6])
    expect(progress).toEqual([628])
    expect(counts.size).toBe(0)
  })
  it('refuses a picture that is not there, and says which ones are', async () => {
    const message = await sent(seed)
    const all = photo ? "0 or 'i', 1 or 'm', 2 or 'x', 3 or 'y'" : "0 or 'i', 1 or 'm', 2 or 'x'"
    for (const thumb of ['q', 7, -1, new Api.PhotoPathSize({ type: 'j', bytes: new Uint8Array(3) })]) {
      await expect(client.downloadMedia(message, { thumb })).rejects.toMatchObject({
        failure: 'argument',
        message: expect.stringContaining(`thumb: expected ${all}, got `) as string,
      })
    }
  })
  it('resolves to the path of the file, in a folder to one that it names', async () => {
    const message = await sent(seed)
    const path = join(folder, 'out')
    expect(await client.downloadMedia(message, { outputFile: relative(process.cwd(), path) })).toBe(path)
    expect(hash(readFileSync(path))).toBe(hash(whole))
    const named = join(folder, photo ? `photo${message.date}.jpg` : `document${message.date}.mp4`)
    expect(await client.downloadMedia(message, { outputFile: folder })).toBe(named)
    expect(await client.downloadMedia(message, { outputFile: folder, thumb: 'm' })).toBe(join(folder, `photo${message.date}.jpg`))
    expect(hash(readFileSync(join(folder, `photo${message.date}.jpg`)))).toBe(hash(THUMBS[1]!.bytes))
    expect(await client.downloadMedia(message, { outputFile: path, thumb: 'i' })).toBe(path)
    expect(readFileSync(path)).toHaveLength(628)
  })
  it('takes a fresh reference from the message when its own has expired, for a picture too', async () => {
    const message = await sent(seed)
    const file = [...server.world.files.values()].at(-1)!
    file.reference = server.world.newReference()
    const own = [...server.user('username').box.messages.values()].find(({ id }) => id === message.id)!
    const { photo: newer, document } = (own as Api.Message).media as { photo?: Api.Photo; document?: Api.Document }
    ;(newer ?? document)!.fileReference = Buffer.from(file.reference)
    expect(hash(await client.downloadMedia(message))).toBe(hash(whole))
    expect(hash(await client.downloadMedia(message, { thumb: 'x' }))).toBe(hash(THUMBS[0]!.bytes))
  })
})

describe('what a download is written to', () => {
  it('is closed, and its path is told where it has one', async () => {
    const message = await sent({ bytes: randomBytes(5000) })
    const stream = createWriteStream(join(folder, 'stream'))
    expect(await client.downloadFile(message, { outputFile: stream })).toBe(join(folder, 'stream'))
    expect(stream.writableEnded).toBe(true)
    expect(hash(readFileSync(join(folder, 'stream')))).toBe(hash(randomBytes(5000)))
    const calls: string[] = []
    const sink = { write: () => void calls.push('write'), close: () => void calls.push('close') }
    expect(await client.downloadMedia(message, { outputFile: sink })).toBeUndefined()
    expect(calls).toEqual(['write', 'close'])
  })
  it('may be nothing, in any of the ways in which existing code says so', async () => {
    const message = await sent({ bytes: randomBytes(50) })
    for (const outputFile of [null, '', Buffer.alloc(0)])
      expect(hash((await client.downloadMedia(message, { outputFile, thumb: null } as never)) as unknown as Uint8Array)).toBe(hash(randomBytes(50)))
  })
  it('is not touched where there is no file, or no such picture', async () => {
    const path = join(folder, 'nothing')
    await expect(client.downloadMedia(new Api.PhotoEmpty({ id: 1 }), { outputFile: path })).rejects.toThrow(/^file: expected/)
    const message = await sent({ bytes: randomBytes(5) })
    await expect(client.downloadMedia(message, { outputFile: path, thumb: 0 })).rejects.toThrow(
      'thumb: expected nothing: this file has no pictures, got 0',
    )
    const location = new Api.InputDocumentFileLocation({ id: 1, accessHash: 1, fileReference: new Uint8Array(), thumbSize: '' })
    await expect(client.downloadMedia(location, { outputFile: path, thumb: 0 })).rejects.toThrow(/^thumb: expected nothing/)
    expect(existsSync(path)).toBe(false)
  })
})
