/** What the compiler must accept and refuse of requests. Nothing here runs: `tsc` is the test. */
import bigInt from 'big-integer'
import * as Api from '../../generated/api/index.js'
import type { TlRequest } from '../../src/tl/object.js'

declare function invoke<Result>(request: TlRequest<Result>): Promise<Result>
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Same<A, B>): void => undefined

const { GetExportedChatInvites } = Api.messages
const peer = new Api.InputPeerSelf()
const adminId = new Api.InputUserSelf()

// Optional arguments may be left out, or be undefined.
new GetExportedChatInvites({ peer, adminId, limit: 1 })
new GetExportedChatInvites({ peer, adminId, limit: 1, revoked: undefined, offsetDate: undefined, offsetLink: undefined })

// Fields that share a flag bit are both there or neither.
new GetExportedChatInvites({ peer, adminId, limit: 1, offsetDate: 43, offsetLink: 'x' })
// @ts-expect-error offsetLink is missing
new GetExportedChatInvites({ peer, adminId, limit: 1, offsetDate: 43 })
// @ts-expect-error offsetDate is missing
new GetExportedChatInvites({ peer, adminId, limit: 1, offsetLink: 'x' })
// @ts-expect-error offsetLink is undefined
new GetExportedChatInvites({ peer, adminId, limit: 1, offsetDate: 43, offsetLink: undefined })

// Required arguments are required, and names are checked.
// @ts-expect-error limit is missing
new GetExportedChatInvites({ peer, adminId })
// @ts-expect-error no arguments at all
new GetExportedChatInvites()
// @ts-expect-error TL's spelling is not the argument's
new GetExportedChatInvites({ peer, admin_id: adminId, limit: 1 })
// @ts-expect-error an unknown argument
new GetExportedChatInvites({ peer, adminId, limit: 1, offset: 3 })
// @ts-expect-error a string is no int
new GetExportedChatInvites({ peer, adminId, limit: '100' })
// @ts-expect-error a bigint is no int
new GetExportedChatInvites({ peer, adminId, limit: 10n })
// @ts-expect-error a flag is a boolean
new GetExportedChatInvites({ peer, adminId, limit: 1, revoked: 'no' })

// Peers of requests: names, ids, entities.
new GetExportedChatInvites({ peer: 'username', adminId: 12345, limit: 1 })
new GetExportedChatInvites({ peer: 5n, adminId: bigInt(5), limit: 1 })
declare const user: Api.User
new GetExportedChatInvites({ peer: user, adminId: user, limit: 1 })
// @ts-expect-error a date is no peer
new GetExportedChatInvites({ peer: new Date(), adminId, limit: 1 })
// Peers of constructors are TL objects.
new Api.InputReplyToMonoForum({ monoforumPeerId: peer })

// A moment is seconds or a Date; a long is a bigint, a number, a decimal string or a big-integer.
new GetExportedChatInvites({ peer, adminId, limit: 1, offsetDate: new Date(), offsetLink: '' })
// @ts-expect-error an int that is no moment takes no Date
new GetExportedChatInvites({ peer, adminId, limit: new Date() })
for (const userId of [1n, 1, '1', bigInt(1)]) new Api.InputUser({ userId, accessHash: 0 })
// @ts-expect-error a boolean is no long
new Api.InputUser({ userId: true, accessHash: 0 })

// Classes without fields take no argument.
new Api.InputPeerSelf()
// @ts-expect-error nothing to set
new Api.InputPeerSelf({ userId: 5 })

// Results are exact, through wrappers as well.
const request = new GetExportedChatInvites({ peer, adminId, limit: 1 })
const initConnection = new Api.InitConnection({
  apiId: 1,
  deviceModel: '',
  systemVersion: '',
  appVersion: '',
  systemLangCode: '',
  langPack: '',
  langCode: '',
  query: request,
})
const plain = invoke(request)
const wrapped = invoke(new Api.InvokeWithLayer({ layer: 228, query: initConnection }))
const withoutUpdates = invoke(new Api.InvokeWithoutUpdates({ query: new Api.users.GetUsers({ id: [adminId] }) }))
same<typeof plain, Promise<Api.messages.ExportedChatInvites>>(true)
same<typeof wrapped, Promise<Api.messages.ExportedChatInvites>>(true)
same<typeof withoutUpdates, Promise<Api.TypeUser[]>>(true)
same<Awaited<ReturnType<typeof invoke<boolean>>>, boolean>(true)

/** What a program does with the answer: fields have their TL types, longs are big-integers, unions are told apart. */
export async function useResult(): Promise<void> {
  const result: Api.messages.ExportedChatInvites = await plain
  const count: number = result.count
  for (const invite of result.invites) {
    if (invite.className === 'ChatInviteExported') {
      const { link, usageLimit, revoked } = invite
      same<typeof link, string>(true)
      same<typeof usageLimit, number | undefined>(true)
      same<typeof revoked, boolean>(true)
    } else {
      same<typeof invite, Api.ChatInvitePublicJoinRequests>(true)
    }
  }
  for (const each of result.users) {
    if (each instanceof Api.User) each.id.add(1).toString(count)
    if (each.CONSTRUCTOR_ID === Api.UserEmpty.CONSTRUCTOR_ID) same<typeof each, Api.UserEmpty>(true)
    // @ts-expect-error an empty user has no first name
    if (each.className === 'UserEmpty') each.firstName
  }
}

// Who may call a method is on its class.
same<typeof GetExportedChatInvites.callableBy, 'user'>(true)
same<typeof Api.messages.SendMessage.callableBy, 'both'>(true)
const anyRequest: Api.AnyRequest = request
anyRequest.getBytes()
