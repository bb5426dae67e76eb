import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { gzip } from '../../../src/crypto/gzip.node.js'
import { RpcError } from '../../../src/errors/rpc-error.js'
import { Writer } from '../../../src/tl/writer.js'
import { Reader } from '../../../src/tl/reader.js'
import { loggedIn, rsaKey, settled, testServer, type TestServer } from './setup.js'
import { CLIENT, gzipPacked, inited, TestClient } from './test-client.js'

const resolve = (client: TestClient, username: string): { user: Api.InputUser; peer: Api.InputPeerUser } => {
  const { users } = client.call(new Api.contacts.ResolveUsername({ username }))
  const { id, accessHash } = users[0] as Api.User
  return {
    user: new Api.InputUser({ userId: id, accessHash: accessHash! }),
    peer: new Api.InputPeerUser({ userId: id, accessHash: accessHash! }),
  }
}
const group = (client: TestClient): Api.InputPeerChannel => {
  const { chats } = client.call(new Api.contacts.ResolveUsername({ username: 'a_group' }))
  const { id, accessHash } = chats[0] as Api.Channel
  return new Api.InputPeerChannel({ channelId: id, accessHash: accessHash! })
}

describe('messages.getExportedChatInvites', () => {
  const server = testServer()
  const client = loggedIn(server)

  it('answers the call of the reference page', () => {
    const { user, peer } = resolve(client, 'username')
    const answer = client.call(
      new Api.messages.GetExportedChatInvites({
        peer,
        adminId: user,
        limit: 100,
        revoked: true,
        offsetDate: 43,
        offsetLink: 'some string here',
      }),
    )
    expect(answer.count).toBe(4)
    expect(answer.invites.map((invite) => (invite as Api.ChatInviteExported).date)).toEqual([42, 37, 23, 11])
    expect(answer.invites.every((invite) => (invite as Api.ChatInviteExported).revoked)).toBe(true)
    expect((answer.users[0] as Api.User).username).toBe('username')
  })

  it('pages through a group by the date and link of the last invite', () => {
    const seen: string[] = []
    let offset: { offsetDate?: number; offsetLink?: string } = {}
    for (let page = 0; page < 4; page++) {
      const request = { peer: group(client), adminId: new Api.InputUserSelf(), limit: 2, ...offset }
      const { invites, count } = client.call(new Api.messages.GetExportedChatInvites(request as never))
      expect(count).toBe(4)
      for (const invite of invites as Api.ChatInviteExported[]) seen.push(invite.link)
      const last = invites.at(-1) as Api.ChatInviteExported | undefined
      if (last) offset = { offsetDate: last.date, offsetLink: last.link }
    }
    expect(seen).toEqual(['https://t.me/+group4AAAAAAAAAAA', 'https://t.me/+group3AAAAAAAAAAA', 'https://t.me/+group2AAAAAAAAAAA', 'https://t.me/+group0AAAAAAAAAAA'])
  })

  it('keeps revoked invites apart, and revoking moves one there', () => {
    const peer = group(client)
    const made = client.call(new Api.messages.ExportChatInvite({ peer, title: 'mine' })) as Api.ChatInviteExported
    client.call(new Api.messages.EditExportedChatInvite({ peer, link: made.link, revoked: true }))
    const { invites } = client.call(new Api.messages.GetExportedChatInvites({ peer, adminId: new Api.InputUserSelf(), limit: 100, revoked: true }))
    expect((invites as Api.ChatInviteExported[]).map(({ link }) => link)).toEqual([made.link, 'https://t.me/+group1AAAAAAAAAAA'])
  })

  it('raises the three errors of the reference page', () => {
    const adminId = new Api.InputUserSelf()
    const ask = (peer: Api.TypeInputPeer, admin: Api.TypeInputUser = adminId) => () =>
      client.call(new Api.messages.GetExportedChatInvites({ peer, adminId: admin, limit: 1 }))
    expect(ask(new Api.InputPeerEmpty())).toThrow('400 PEER_ID_INVALID')
    expect(ask(new Api.InputPeerChat({ chatId: 5 }))).toThrow('400 PEER_ID_INVALID')
    const { user, peer } = resolve(client, 'friend_of_username')
    expect(ask(peer)).toThrow('400 CHAT_ADMIN_REQUIRED')
    expect(ask(group(client), user)).toThrow('400 ADMIN_ID_INVALID')
    expect(ask(group(client), new Api.InputUserEmpty())).toThrow('400 ADMIN_ID_INVALID')
    const wrongHash = new Api.InputPeerUser({ userId: peer.userId, accessHash: 77 })
    expect(ask(wrongHash)).toThrow('400 PEER_ID_INVALID')
  })
})

describe('the dispatcher', () => {
  const server = testServer()

  it('takes wrappers in any order and depth, with gzip_packed inside initConnection', () => {
    const client = loggedIn(server)
    const query = new Api.help.GetNearestDc()
    const init = (inner: unknown) => new Api.InitConnection({ ...CLIENT, query: inner as never })
    const layer = (inner: unknown) => new Api.InvokeWithLayer({ layer: 198, query: inner as never })
    const quiet = (inner: unknown) => new Api.InvokeWithoutUpdates({ query: inner as never })
    for (const wrapped of [layer(init(query)), init(layer(query)), layer(quiet(init(query))), quiet(query)]) {
      expect(client.answerTo(client.send(client.message(wrapped)))).toBeDefined()
    }
    const head = init(query).getBytes().subarray(0, -4)
    const writer = new Writer()
    writer.raw(layer(query).getBytes().subarray(0, 8))
    writer.raw(head)
    writer.raw(gzipPacked(gzip(query.getBytes())))
    const answer = client.answerTo(client.send(client.message(writer.finish())))
    expect(query.readResult(new Reader(answer!))).toMatchObject({ thisDc: 2 })
  })

  it('wants initConnection first', () => {
    const client = loggedIn(server)
    const answer = client.answerTo(client.send(client.message(new Api.users.GetUsers({ id: [] }))))
    expect(Buffer.from(answer!).toString('latin1')).toContain('CONNECTION_NOT_INITED')
  })

  it('answers an unknown method, arguments that cannot be read, and a method without a handler with an error each', () => {
    const client = loggedIn(server)
    const text = (body: Uint8Array): string => Buffer.from(client.answerTo(client.send(client.message(body)))!).toString('latin1')
    client.query(new Api.help.GetNearestDc())
    expect(text(Uint8Array.of(1, 2, 3, 4))).toContain('INPUT_METHOD_INVALID_67305985')
    expect(text(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }).getBytes().subarray(0, 8))).toContain('INPUT_FETCH_ERROR')
    expect(text(new Api.help.GetSupport().getBytes())).toContain('METHOD_INVALID')
  })

  it('answers 401 AUTH_KEY_UNREGISTERED before login', () => {
    const client = new TestClient(server.core, server.platform)
    client.exchangeKeys(rsaKey)
    expect(() => client.call(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }))).toThrow('401 AUTH_KEY_UNREGISTERED')
  })

  it('turns an error that a handler throws or returns into rpc_error, and any other exception into 500', async () => {
    const failures: unknown[] = []
    const own = testServer({ onHandlerError: (error) => failures.push(error) })
    const client = loggedIn(own)
    own.core.handle(Api.help.GetSupport, () => new RpcError(420, 'FLOOD_WAIT_7'))
    expect(() => client.call(new Api.help.GetSupport())).toThrow('420 FLOOD_WAIT_7')
    own.core.handle(Api.help.GetSupport, () => {
      throw new RangeError('a slip')
    })
    expect(() => client.call(new Api.help.GetSupport())).toThrow('500 INTERNAL')
    own.core.handle(Api.help.GetSupport, () => Promise.reject(new RpcError(400, 'LATER')))
    const late = client.query(new Api.help.GetSupport())
    await settled()
    expect(Buffer.from(client.answerTo(late)!).toString('latin1')).toContain('LATER')
    expect(failures).toMatchObject([{ message: 'a slip' }])
  })

  it('a handler sees who asks', () => {
    const own = testServer()
    const client = loggedIn(own)
    let seen: unknown
    own.core.handle(Api.help.GetNearestDc, (_request, { user, layer, client: { deviceModel } = { deviceModel: '' } }) => {
      seen = [user?.username, layer, deviceModel]
      return new Api.NearestDc({ country: 'CH', thisDc: 2, nearestDc: 2 })
    })
    client.query(new Api.help.GetNearestDc(), 214)
    expect(seen).toEqual(['username', 214, 'test'])
  })

  it('gives clients of other layers users in the form of their layer, or userEmpty', () => {
    const self = new Api.users.GetUsers({ id: [new Api.InputUserSelf()] })
    const idIn = (layer: number): string => {
      const client = loggedIn(server)
      const body = client.answerTo(client.query(self, layer))!
      return new DataView(body.buffer, body.byteOffset).getUint32(8, true).toString(16)
    }
    expect(idIn(228)).toBe(Api.User.CONSTRUCTOR_ID.toString(16))
    expect(idIn(198)).toBe('4b46c37e')
    expect(idIn(214)).toBe('20b1422')
    expect(idIn(196)).toBe(Api.UserEmpty.CONSTRUCTOR_ID.toString(16))
  })
})

describe('login', () => {
  const stranger = (server: TestServer, dcId?: number): TestClient => {
    const client = new TestClient(server.core, server.platform, undefined, dcId)
    client.exchangeKeys(rsaKey, { dc: dcId ?? 2 })
    return client
  }
  const sendCode = (client: TestClient, phoneNumber: string): string => {
    const settings = new Api.CodeSettings({})
    return (client.call(new Api.auth.SendCode({ phoneNumber, apiId: 1, apiHash: 'x', settings })) as Api.auth.SentCode).phoneCodeHash
  }

  it('by phone number and code', () => {
    const client = stranger(testServer())
    const phoneNumber = '+99966 20001'
    const phoneCodeHash = sendCode(client, phoneNumber)
    expect(() => client.call(new Api.auth.SignIn({ phoneNumber, phoneCodeHash, phoneCode: '54321' }))).toThrow('400 PHONE_CODE_INVALID')
    const { user } = client.call(new Api.auth.SignIn({ phoneNumber, phoneCodeHash, phoneCode: '12345' })) as Api.auth.Authorization
    expect((user as Api.User).username).toBe('username')
    expect((client.call(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }))[0] as Api.User).self).toBe(true)
    client.call(new Api.auth.LogOut())
    expect(() => client.call(new Api.users.GetUsers({ id: [] }))).toThrow('401 AUTH_KEY_UNREGISTERED')
  })

  it('of an unknown number leads to signing up', () => {
    const client = stranger(testServer())
    const phoneNumber = '+99966299'
    const phoneCodeHash = sendCode(client, phoneNumber)
    const answer = client.call(new Api.auth.SignIn({ phoneNumber, phoneCodeHash, phoneCode: '12345' }))
    expect(answer).toBeInstanceOf(Api.auth.AuthorizationSignUpRequired)
    const made = client.call(new Api.auth.SignUp({ phoneNumber, phoneCodeHash, firstName: 'New', lastName: '' })) as Api.auth.Authorization
    expect((made.user as Api.User).firstName).toBe('New')
  })

  it('by bot token', () => {
    const client = stranger(testServer())
    const bot = (botAuthToken: string) => client.call(new Api.auth.ImportBotAuthorization({ flags: 0, apiId: 1, apiHash: 'x', botAuthToken } as never))
    expect(() => bot('nonsense')).toThrow('400 ACCESS_TOKEN_INVALID')
    const { user } = bot('123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA') as Api.auth.Authorization
    expect(user).toMatchObject({ bot: true, self: true })
  })

  it('is sent to the data centre where the account lives, and can be exported to another, once', () => {
    const server = testServer({ dataCentres: [{ id: 2, port: 4430 }, { id: 4, port: 4431 }] })
    server.core.world.addUser({ phone: '+44012345', username: 'elsewhere', homeDc: 4 })
    const home = stranger(server)
    expect(() => sendCode(home, '+44012345')).toThrow('303 PHONE_MIGRATE_4')
    const client = loggedIn(server)
    const { id, bytes } = client.call(new Api.auth.ExportAuthorization({ dcId: 4 }))
    const other = stranger(server, 4)
    const { user } = other.call(new Api.auth.ImportAuthorization({ id, bytes })) as Api.auth.Authorization
    expect((user as Api.User).username).toBe('username')
    expect(() => other.call(new Api.auth.ImportAuthorization({ id, bytes }))).toThrow('400 AUTH_BYTES_INVALID')
    const late = client.call(new Api.auth.ExportAuthorization({ dcId: 4 }))
    server.platform.advance(60_001)
    expect(() => other.call(new Api.auth.ImportAuthorization({ id: late.id, bytes: late.bytes }))).toThrow('400 AUTH_BYTES_INVALID')
  })
})

describe('updates', () => {
  it('are pushed to the sessions of an account that take them', async () => {
    const server = testServer()
    const client = loggedIn(server)
    const quiet = loggedIn(server)
    client.query(new Api.help.GetNearestDc())
    quiet.send(quiet.message(inited(new Api.InvokeWithoutUpdates({ query: new Api.help.GetNearestDc() }))))
    expect(server.core.push('username', new Api.UpdatePtsChanged())).toBe(1)
    await settled()
    expect(client.all(Api.UpdateShort)).toMatchObject([{ update: new Api.UpdatePtsChanged() }])
    expect(quiet.all(Api.UpdateShort)).toHaveLength(0)
  })

  it('of a message reach both sides under consecutive pts, and the difference tells the same', async () => {
    const server = testServer()
    const [alice, bob] = [loggedIn(server), loggedIn(server, { username: 'friend_of_username' })]
    const before = bob.call(new Api.updates.GetState())
    const { peer } = resolve(alice, 'friend_of_username')
    for (const message of ['one', 'two']) alice.call(new Api.messages.SendMessage({ peer, message, randomId: BigInt(message.length + message.charCodeAt(0)) }))
    await settled()
    const pushed = bob.all(Api.Updates).map(({ updates }) => updates[0] as Api.UpdateNewMessage)
    expect(pushed.map(({ pts }) => pts - before.pts)).toEqual([1, 2])
    expect(alice.all(Api.Updates)).toHaveLength(0)
    const difference = bob.call(new Api.updates.GetDifference({ pts: before.pts, date: before.date, qts: before.qts })) as Api.updates.Difference
    expect((difference.newMessages as Api.Message[]).map(({ message }) => message)).toEqual(['one', 'two'])
    expect(difference.state.pts).toBe(before.pts + 2)
    const history = bob.call(new Api.messages.GetHistory({ peer: resolve(bob, 'username').peer, offsetId: 0, offsetDate: 0, addOffset: 0, limit: 10, maxId: 0, minId: 0, hash: 0 })) as Api.messages.Messages
    expect((history.messages as Api.Message[]).map(({ message }) => message)).toEqual(['two', 'one'])
  })

  it('are never sent twice for one random_id', () => {
    const server = testServer()
    const client = loggedIn(server)
    const send = () => client.call(new Api.messages.SendMessage({ peer: new Api.InputPeerSelf(), message: 'x', randomId: 5 }))
    send()
    expect(send).toThrow('500 RANDOM_ID_DUPLICATE')
  })

  it('of a channel have a difference of their own, in slices', () => {
    const server = testServer()
    const client = loggedIn(server)
    const peer = group(client)
    for (let i = 0; i < 25; i++) client.call(new Api.messages.SendMessage({ peer, message: `m${i}`, randomId: i + 100 }))
    const channel = new Api.InputChannel({ channelId: peer.channelId, accessHash: peer.accessHash })
    const filter = new Api.ChannelMessagesFilterEmpty()
    const seen: string[] = []
    let pts = 1
    for (let final = false; !final; ) {
      const slice = client.call(new Api.updates.GetChannelDifference({ channel, filter, pts, limit: 10 })) as Api.updates.ChannelDifference
      for (const message of slice.newMessages as Api.Message[]) seen.push(message.message)
      pts = slice.pts
      final = slice.final ?? false
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `m${i}`))
  })
})

describe('files', () => {
  it('are uploaded in parts and come back byte for byte', () => {
    const server = testServer()
    const client = loggedIn(server)
    const bytes = server.platform.random.fill(new Uint8Array(10_000))
    for (let part = 0; part * 4096 < bytes.length; part++) {
      client.call(new Api.upload.SaveFilePart({ fileId: 9, filePart: part, bytes: Buffer.from(bytes.subarray(part * 4096, part * 4096 + 4096)) }))
    }
    const file = new Api.InputFile({ id: 9, parts: 3, name: 'a.bin', md5Checksum: '' })
    const media = new Api.InputMediaUploadedDocument({ file, mimeType: 'x/y', attributes: [] })
    const made = client.call(new Api.messages.UploadMedia({ peer: new Api.InputPeerSelf(), media })) as Api.MessageMediaDocument
    const { id, accessHash, fileReference } = made.document as Api.Document
    const location = new Api.InputDocumentFileLocation({ id, accessHash, fileReference, thumbSize: '' })
    const read = (offset: number, limit: number): Uint8Array => (client.call(new Api.upload.GetFile({ location, offset, limit })) as Api.upload.File).bytes
    expect(Buffer.concat([read(0, 4096), read(4096, 4096), read(8192, 4096)]).equals(Buffer.from(bytes))).toBe(true)
    expect(() => read(100, 4096)).toThrow('400 OFFSET_INVALID')
    expect(() => read(0, 5000)).toThrow('400 LIMIT_INVALID')
    expect(() => read(4096, 1 << 20)).toThrow('400 LIMIT_INVALID')
    server.core.world.files.get(BigInt(id.toString()))!.reference = server.core.world.newReference()
    expect(() => read(0, 4096)).toThrow('400 FILE_REFERENCE_EXPIRED')
  })
})
