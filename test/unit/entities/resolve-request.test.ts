import { readFileSync } from 'node:fs'
import bigInt from 'big-integer'
import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { toHex } from '../../../src/bytes/hex.js'
import { getEntities } from '../../../src/entities/get-entities.js'
import { PeerResolver } from '../../../src/entities/resolver.js'
import { resolveRequest } from '../../../src/entities/resolve-request.js'
import { rpcErrorOf } from '../../../src/errors/rpc-error-classes.js'
import { MemorySession } from '../../../src/session/memory-session.js'
import type { TlObject, TlRequest } from '../../../src/tl/object.js'

const user = new Api.User({ id: '1234567890123', accessHash: -42, username: 'username', firstName: 'A' })
const channel = new Api.Channel({
  id: 900,
  accessHash: 7,
  title: 'c',
  username: 'channel1',
  photo: new Api.ChatPhotoEmpty(),
  date: 0,
})
const me = new Api.User({ id: 1, accessHash: 2, self: true })
const golden = JSON.parse(readFileSync(new URL('../../golden/requests.json', import.meta.url), 'utf8')) as {
  vectors: { hex: string }[]
}

function setUp() {
  const session = new MemorySession()
  const asked: string[] = []
  const answers: Record<string, (request: never) => unknown> = {
    'contacts.ResolveUsername': ({ username }: Api.contacts.ResolveUsername) => {
      if (username === 'username')
        return new Api.contacts.ResolvedPeer({ peer: new Api.PeerUser({ userId: user.id }), users: [user], chats: [] })
      if (username === 'channel1')
        return new Api.contacts.ResolvedPeer({
          peer: new Api.PeerChannel({ channelId: 900 }),
          users: [],
          chats: [channel],
        })
      throw rpcErrorOf(400, 'USERNAME_NOT_OCCUPIED', 'contacts.ResolveUsername')
    },
    'contacts.ResolvePhone': () =>
      new Api.contacts.ResolvedPeer({ peer: new Api.PeerUser({ userId: user.id }), users: [user], chats: [] }),
    'users.GetUsers': ({ id }: Api.users.GetUsers) =>
      id.map((input) => {
        const { className, userId } = input as Api.InputUser
        return className === ('InputUserSelf' as string)
          ? me
          : String(userId) === '777'
            ? new Api.User({ id: 777, accessHash: 8 })
            : String(userId) === String(user.id)
              ? user
              : new Api.UserEmpty({ id: userId })
      }),
    'channels.GetChannels': () => new Api.messages.Chats({ chats: [channel] }),
    'messages.GetChats': () =>
      new Api.messages.Chats({
        chats: [
          new Api.Chat({
            id: 4321,
            title: 'g',
            photo: new Api.ChatPhotoEmpty(),
            participantsCount: 1,
            date: 0,
            version: 1,
          }),
        ],
      }),
    'messages.CheckChatInvite': ({ hash }: Api.messages.CheckChatInvite) =>
      hash === 'member'
        ? new Api.ChatInviteAlready({ chat: channel })
        : new Api.ChatInvite({ title: 't', photo: new Api.PhotoEmpty({ id: 0 }), participantsCount: 1, color: 0 }),
  }
  const ask = async <R>(request: TlRequest<R>): Promise<R> => {
    asked.push(request.className)
    await Promise.resolve()
    const result = answers[request.className]!(request as never) as R
    session.processEntities(result)
    return result
  }
  const resolver = new PeerResolver({ session: () => session, ask, isBot: () => false })
  const resolve = async <R extends TlObject>(request: R): Promise<R> =>
    resolveRequest(request, (value) => resolver.inputPeer(value))
  return { session, asked, resolve, resolver, ask }
}

const invites = (peer: Api.TypeEntityLike, adminId: Api.TypeEntityLike): Api.messages.GetExportedChatInvites =>
  new Api.messages.GetExportedChatInvites({
    peer,
    adminId,
    limit: 100,
    revoked: true,
    offsetDate: 43,
    offsetLink: 'some string here',
  })

describe('peers in a request', () => {
  it('given by one username twice cost one lookup, and encode to the golden bytes', async () => {
    const { resolve, asked } = setUp()
    const request = invites('username', '@UserName')
    const resolved = await resolve(request)
    expect(toHex(resolved.getBytes())).toBe(golden.vectors[0]!.hex.replace(/ /g, ''))
    expect(asked).toEqual(['contacts.ResolveUsername'])
    expect(request.peer).toBe('username')
    await resolve(invites('t.me/username', user.id.toString()))
    expect(asked).toHaveLength(1)
  })
  it.each<[string, Api.TypeEntityLike, string, string]>([
    ['a user', user, 'InputPeerUser', 'InputUser'],
    ['oneself', me, 'InputPeerSelf', 'InputUserSelf'],
    ['me', 'me', 'InputPeerSelf', 'InputUserSelf'],
    ['InputUserSelf', new Api.InputUserSelf(), 'InputPeerSelf', 'InputUserSelf'],
    ['InputPeerSelf', new Api.InputPeerSelf(), 'InputPeerSelf', 'InputUserSelf'],
    ['an unknown id', 777, 'InputPeerUser', 'InputUser'],
    ['a big-integer', bigInt(777), 'InputPeerUser', 'InputUser'],
    ['digits', '777', 'InputPeerUser', 'InputUser'],
    ['PeerUser', new Api.PeerUser({ userId: 777 }), 'InputPeerUser', 'InputUser'],
    ['a phone number', '+1 555', 'InputPeerUser', 'InputUser'],
  ])('may be %s', async (_name, value, peer, adminId) => {
    const resolved = await setUp().resolve(invites(value, value))
    expect([(resolved.peer as TlObject).className, (resolved.adminId as TlObject).className]).toEqual([peer, adminId])
    expect(resolved.getBytes().length).toBeGreaterThan(40)
  })
  it.each<[string, Api.TypeEntityLike, string]>([
    ['a basic group', -4321, 'InputPeerChat'],
    ['a marked channel', '-100900', 'InputPeerChannel'],
    ['a channel', channel, 'InputPeerChannel'],
    ['PeerChannel', new Api.PeerChannel({ channelId: 900 }), 'InputPeerChannel'],
    ['an invitation of a member', 'https://t.me/+member', 'InputPeerChannel'],
  ])('may be %s', async (_name, value, className) => {
    const resolved = await setUp().resolve(invites(value, 'me'))
    expect((resolved.peer as TlObject).className).toBe(className)
  })
  it('are found inside other objects and inside wrapped queries', async () => {
    const { resolve } = setUp()
    const nested = new Api.messages.SendMessage({
      peer: 'channel1',
      message: 'm',
      replyTo: new Api.InputReplyToMessage({ replyToMsgId: 5, replyToPeerId: 'username' as never }),
      randomId: 1,
    })
    const wrapped = await resolve(new Api.InvokeWithLayer({ layer: 228, query: nested }))
    const inside = wrapped.query as typeof nested
    expect((inside.peer as TlObject).className).toBe('InputPeerChannel')
    expect(((inside.replyTo as Api.InputReplyToMessage).replyToPeerId as TlObject).className).toBe('InputPeerUser')
    expect((nested.replyTo as Api.InputReplyToMessage).replyToPeerId).toBe('username')
    wrapped.getBytes()
  })
  it('in vectors and special forms are resolved one by one', async () => {
    const { resolve } = setUp()
    const users = await resolve(new Api.users.GetUsers({ id: ['username', 'me', user] as never }))
    expect(users.id.map((input) => (input as TlObject).className)).toEqual(['InputUser', 'InputUserSelf', 'InputUser'])
    const messages = await resolve(new Api.channels.GetMessages({ channel: 'channel1', id: [5, 6] as never }))
    expect(messages.id.map((input) => (input as TlObject).className)).toEqual(['InputMessageID', 'InputMessageID'])
    expect((messages.channel as TlObject).className).toBe('InputChannel')
    const dialogs = await resolve(new Api.messages.GetPeerDialogs({ peers: ['username'] as never }))
    expect((dialogs.peers[0] as TlObject).className).toBe('InputDialogPeer')
    dialogs.getBytes()
  })
  it('leave a request without any as it is', async () => {
    const request = new Api.help.GetConfig()
    expect(await setUp().resolve(request)).toBe(request)
  })
  it.each<[string, unknown, unknown, RegExp]>([
    ['nobody', 'nobody', 'me', /messages\.getExportedChatInvites\.peer: .*nobody has the username "nobody"/],
    [
      'a channel as a user',
      'username',
      'channel1',
      /\.admin_id: expected a user, got "channel1", which is an InputPeerChannel/,
    ],
    ['an empty object', {}, 'me', /\.peer: .*a plain object.*names no peer/],
    ['an array', ['me'], 'me', /an array of 1/],
    ['zero', 0, 'me', /names no peer/],
    ['text', 'foo@barbaz', 'me', /names no peer/],
    ['a stranger', new Api.PeerUser({ userId: 5 }), 'me', /has not met the user with the id 5/],
    ['an invitation of others', 't.me/+others', 'me', /not in; join it/],
  ])('that are %s are refused with their path', async (_name, peer, adminId, message) => {
    await expect(setUp().resolve(invites(peer as never, adminId as never))).rejects.toMatchObject({
      failure: 'entity',
      message: expect.stringMatching(message),
    })
  })
  it('are never matched by display name', async () => {
    const { session, resolve, asked } = setUp()
    session.processEntities([new Api.User({ id: 99, accessHash: 1, firstName: 'username' })])
    const resolved = await resolve(invites('username', 'me'))
    expect(String((resolved.peer as Api.InputPeerUser).userId)).toBe('1234567890123')
    expect(asked).toEqual(['contacts.ResolveUsername'])
  })
})

describe('getEntities', () => {
  it('fetches users, channels and groups in their order, one request per kind', async () => {
    const { resolver, ask, asked } = setUp()
    const found = await getEntities(['username', -4321, 'me', 'channel1'], resolver, ask)
    expect(found.map(({ className, id }) => `${className} ${String(id)}`)).toEqual([
      'User 1234567890123',
      'Chat 4321',
      'User 1',
      'Channel 900',
    ])
    expect(asked.filter((name) => name === 'users.GetUsers')).toHaveLength(1)
  })
})
