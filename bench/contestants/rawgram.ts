import { join } from 'node:path'
import type * as ApiModule from '../../generated/api/index.js'
import type * as RegistryModule from '../../generated/api/registry.js'
import { flatGenerated } from '../../scripts/flat-generated.js'
import type * as ReaderModule from '../../src/tl/reader.js'
import { NATIVE_LONGS } from '../native-longs.js'
import type { Contestant } from './contestant.js'
import { hundred, invite, user } from './values.js'

const same = <T>(value: T): T => value

/** This package, with the longs of its own API. */
export async function rawgram(): Promise<Contestant> {
  const flat = await flatGenerated()
  return contestant(join(flat, 'generated/api'), join(flat, 'src/tl'))
}

/** This package with native longs, as `long: 'bigint'` in a config generates it. */
export const rawgramNative = (): Promise<Contestant> => contestant(NATIVE_LONGS, NATIVE_LONGS)

async function contestant(api: string, tl: string): Promise<Contestant> {
  const Api = (await import(join(api, 'index.js'))) as typeof ApiModule
  const { readObject } = (await import(join(api, 'registry.js'))) as typeof RegistryModule
  const { Reader } = (await import(join(tl, 'reader.js'))) as typeof ReaderModule
  const makers = { id: same, long: same, photo: (fields: object) => new Api.UserProfilePhoto(fields as never) }
  const answer = new Api.messages.ExportedChatInvites({
    count: 100,
    invites: hundred((i) => new Api.ChatInviteExported(invite(i, same) as never)),
    users: hundred((i) => new Api.User(user(i, makers) as never)),
  })
  const bytes = answer.getBytes()
  const build = () =>
    new Api.messages.GetExportedChatInvites({
      peer: new Api.InputPeerUser({ userId: 1234567890123n, accessHash: -42n }),
      adminId: new Api.InputUser({ userId: 1234567890123n, accessHash: -42n }),
      limit: 100,
      revoked: true,
      offsetDate: 43,
      offsetLink: 'some string here',
    })
  const built = build()
  return {
    answer: bytes,
    encodeRequest: () => built.getBytes(),
    buildAndEncodeRequest: () => build().getBytes(),
    encodeAnswer: () => answer.getBytes(),
    decodeAnswer: () => readObject(new Reader(bytes)),
  }
}
