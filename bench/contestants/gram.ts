import { createRequire } from 'node:module'
import type * as ApiModule from '../../generated/api/index.js'
import type { Contestant } from './contestant.js'
import { hundred, invite, user } from './values.js'

const require = createRequire(import.meta.url)

/** GramJS, or a package that descends from it. */
export function gram(name: 'telegram' | 'teleproto'): Contestant {
  const { Api } = require(name) as { Api: typeof ApiModule }
  const bigInt = require('big-integer') as (value: bigint) => never
  const { BinaryReader } = require(`${name}/extensions`) as { BinaryReader: new (bytes: Buffer) => { tgReadObject(): unknown } }
  const makers = { id: bigInt, long: bigInt, photo: (fields: object) => new Api.UserProfilePhoto(fields as never) }
  const answer = new Api.messages.ExportedChatInvites({
    count: 100,
    invites: hundred((i) => new Api.ChatInviteExported(defined(invite(i, bigInt)) as never)),
    users: hundred((i) => new Api.User(defined(user(i, makers)) as never)),
  })
  const bytes = answer.getBytes()
  const peer = { userId: bigInt(1234567890123n), accessHash: bigInt(-42n) }
  const build = () =>
    new Api.messages.GetExportedChatInvites({
      peer: new Api.InputPeerUser(peer),
      adminId: new Api.InputUser(peer),
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
    decodeAnswer: () => new BinaryReader(bytes).tgReadObject(),
  }
}

/** Arguments that are `undefined` count as given there. */
const defined = (fields: object): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
