import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import * as Api from '../../generated/api/index.js'
import { gramBigInt } from '../support/gram-client.js'
import { until } from '../support/until.js'
import { bothClients } from './both-clients.js'

const both = bothClients()
const folder = mkdtempSync(join(tmpdir(), 'rawgram-both-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What code that is written for either package sees of it. */
interface Downloader {
  downloadMedia(media: unknown, params: object): Promise<unknown>
  downloadFile(location: unknown, params: object): Promise<unknown>
  downloadProfilePhoto(entity: unknown, params: object): Promise<unknown>
}

const bytes = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value)
const THUMBS = [
  { type: 'm', bytes: bytes(3000, 1) },
  { type: 'i', bytes: Uint8Array.of(1, 30, 40, 7, 8, 9) },
]

const hex = (path: string): string => readFileSync(path).toString('hex')

/** The files as both have written them; GramJS says that it has done so before it has, so its files are awaited. */
async function written(paths: string[], theirs: boolean): Promise<string[]> {
  if (theirs) await until(() => paths.every((path) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0))
  const files = paths.map(hex)
  for (const path of paths) rmSync(path)
  return files
}

type Classes = Record<string, new (args: object) => object>

/** A message with a file, as each package knows it. */
function received(photo: boolean): { message: object; client: Downloader; location: object }[] {
  const { server, ours, theirs, Theirs } = both
  const file = server.world.addFile({ bytes: bytes(9000, 2), photo, thumbs: THUMBS })
  return ([[theirs, Theirs], [ours, Api]] as const).map(([client, namespace]) => {
    const Each = namespace as unknown as Classes
    const long = (value: bigint): object => gramBigInt(value)
    const identity = { id: long(file.id), accessHash: long(file.accessHash), fileReference: Buffer.from(file.reference) }
    const sizes = THUMBS.map(({ type, bytes: inside }) =>
      type === 'i'
        ? new Each['PhotoStrippedSize']!({ type, bytes: Buffer.from(inside) })
        : new Each['PhotoSize']!({ type, w: 1, h: 1, size: inside.length }),
    )
    const fields = { ...identity, date: 1, dcId: 2 }
    const media = photo
      ? new Each['MessageMediaPhoto']!({
          photo: new Each['Photo']!({ ...fields, sizes: [...sizes, new Each['PhotoSize']!({ type: 'y', w: 1, h: 1, size: 9000 })] }),
        })
      : new Each['MessageMediaDocument']!({
          document: new Each['Document']!({ ...fields, mimeType: 'video/mp4', size: long(9000n), thumbs: sizes, attributes: [] }),
        })
    const peerId = new Each['PeerUser']!({ userId: long(1n) })
    const message = new Each['Message']!({ id: 1, peerId, date: 1_700_000_000, message: '', media })
    const Location = Each[photo ? 'InputPhotoFileLocation' : 'InputDocumentFileLocation']!
    return { message, client: client as unknown as Downloader, location: new Location({ ...identity, thumbSize: 'm' }) }
  })
}

/** @username with a photo, as each package knows it. */
function photographed(): { client: Downloader; user: object }[] {
  const { server, ours, theirs, Theirs } = both
  const { id, accessHash, ...owner } = server.user('username')
  const photo = server.world.addFile({ bytes: bytes(9000, 2), photo: true, thumbs: THUMBS })
  server.world.setPhoto(server.user('username'), photo)
  return ([[theirs, Theirs], [ours, Api]] as const).map(([client, namespace]) => {
    const Each = namespace as unknown as Classes
    const shown = new Each['UserProfilePhoto']!({ photoId: gramBigInt(photo.id), dcId: owner.homeDc })
    const user = new Each['User']!({ id: gramBigInt(id), accessHash: gramBigInt(accessHash), photo: shown })
    return { client: client as unknown as Downloader, user }
  })
}

describe('GramJS and this package download the same profile photo', () => {
  it.each([{}, { isBig: false }, { isBig: true }])('%j', async (params) => {
    const seen = await Promise.all(photographed().map(({ client, user }) => client.downloadProfilePhoto(user, params)))
    expect(seen[1]).toEqual(seen[0])
    expect(seen[1]).toHaveLength('isBig' in params && params.isBig ? 9000 : 3000)
  })
  it('to a path, and none', async () => {
    const seen = []
    for (const { client, user } of photographed()) {
      const path = (await client.downloadProfilePhoto(user, { outputFile: join(folder, 'me.jpg') })) as string
      const photo = new ((client === (both.theirs as unknown) ? both.Theirs : Api) as unknown as Classes)['UserProfilePhotoEmpty']!({})
      const nothing = await client.downloadProfilePhoto(Object.assign(user, { photo }), {})
      seen.push({ path, nothing, files: await written([path], client === (both.theirs as unknown)) })
    }
    expect(seen[1]).toEqual(seen[0])
  })
})

describe.each([true, false])('GramJS and this package download the same of a photo: %s', (photo) => {
  it.each([undefined, 0, 1, 'm', 'i'])('thumb %s', async (thumb) => {
    const [theirs, ours] = await Promise.all(received(photo).map(({ client, message }) => client.downloadMedia(message, { thumb })))
    expect(Buffer.isBuffer(ours)).toBe(true)
    expect(ours).toEqual(theirs)
  })
  it('to a path, a folder and a stream, and say where', async () => {
    const seen = []
    for (const { client, message } of received(photo)) {
      const stream = createWriteStream(join(folder, 'stream'))
      const paths = [
        await client.downloadMedia(message, { outputFile: join(folder, 'path') }),
        await client.downloadMedia(message, { outputFile: folder }),
        await client.downloadMedia(message, { outputFile: stream }),
        await client.downloadMedia(message, { outputFile: join(folder, 'stripped'), thumb: 'i' }),
      ] as string[]
      const files = await written(paths, client === (both.theirs as unknown))
      await until(() => stream.closed)
      seen.push({ paths, files })
    }
    expect(seen[1]).toEqual(seen[0])
  })
  it('from a location', async () => {
    const seen = []
    for (const { client, location } of received(photo))
      seen.push([await client.downloadFile(location, { dcId: 2 }), await client.downloadFile(location, { dcId: 2, outputFile: join(folder, 'one') })])
    expect(seen[1]).toEqual(seen[0])
    expect(seen[1]![0]).toHaveLength(3000)
  })
})
