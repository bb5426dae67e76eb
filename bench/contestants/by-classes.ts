import type * as ApiModule from '../../generated/api/index.js'
import type { Contestant } from './contestant.js'
import { hundred, invite, user } from './values.js'

/** What packages differ in whose objects are of classes. */
interface Kind {
  /** Makes a long. */
  readonly long: (value: bigint) => unknown
  /** The arguments as the package wants them. */
  readonly given: (fields: object) => object
  readonly decode: (bytes: Uint8Array) => unknown
}

/** A package that has a class for each definition, all of them in an `Api`. */
export function byClasses(Api: typeof ApiModule, { long, given, decode }: Kind): Contestant {
  const makers = { id: long, long, photo: (fields: object) => new Api.UserProfilePhoto(fields as never) }
  const answer = new Api.messages.ExportedChatInvites({
    count: 100,
    invites: hundred((i) => new Api.ChatInviteExported(given(invite(i, long)) as never)),
    users: hundred((i) => new Api.User(given(user(i, makers)) as never)),
  })
  const bytes = answer.getBytes()
  const peer = { userId: long(1234567890123n), accessHash: long(-42n) } as { userId: bigint; accessHash: bigint }
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
    decodeAnswer: () => decode(bytes),
  }
}
