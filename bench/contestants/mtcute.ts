import { createRequire } from 'node:module'
import type { Contestant } from './contestant.js'
import { hundred, invite, user } from './values.js'

const require = createRequire(import.meta.url)

interface Runtime {
  readonly TlBinaryWriter: { serializeObject(map: unknown, object: unknown): Uint8Array }
  readonly TlBinaryReader: { deserializeObject(map: unknown, bytes: Uint8Array): unknown }
}

/** mtcute: objects are plain, and the maps of writers and readers are built by the package. */
export async function mtcute(): Promise<Contestant> {
  const folder = require.resolve('@mtcute/core').replace(/index\.\w+$/, '')
  const runtime = (await import(require.resolve('@mtcute/tl-runtime').replace(/cjs$/, 'js'))) as Runtime
  const { __tlWriterMap: writers } = (await import(`${folder}tl/binary/writer.js`)) as { __tlWriterMap: unknown }
  const { __tlReaderMap: readers } = (await import(`${folder}tl/binary/reader.js`)) as { __tlReaderMap: unknown }
  const { Long } = await import('@mtcute/core')
  const encode = (object: unknown): Uint8Array => runtime.TlBinaryWriter.serializeObject(writers, object)
  const long = (value: bigint): unknown => Long.fromString(String(value))
  const makers = { id: Number, long, photo: (fields: object) => ({ _: 'userProfilePhoto', ...fields }) }
  const answer = {
    _: 'messages.exportedChatInvites',
    count: 100,
    invites: hundred((i) => ({ _: 'chatInviteExported', ...invite(i, Number) })),
    users: hundred((i) => ({ _: 'user', ...user(i, makers) })),
  }
  const bytes = encode(answer)
  const accessHash = long(-42n)
  const build = () => ({
    _: 'messages.getExportedChatInvites',
    peer: { _: 'inputPeerUser', userId: 1234567890123, accessHash },
    adminId: { _: 'inputUser', userId: 1234567890123, accessHash },
    limit: 100,
    revoked: true,
    offsetDate: 43,
    offsetLink: 'some string here',
  })
  const built = build()
  return {
    answer: bytes,
    encodeRequest: () => encode(built),
    buildAndEncodeRequest: () => encode(build()),
    encodeAnswer: () => encode(answer),
    decodeAnswer: () => runtime.TlBinaryReader.deserializeObject(readers, bytes),
  }
}
