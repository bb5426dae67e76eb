import { Writable } from 'node:stream'
import bigInt from 'big-integer'
import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import '../../../generated/api/registry.js'
import { TlEncodeError } from '../../../src/errors/codec.js'
import type { TlObject } from '../../../src/tl/object.js'

const peer = new Api.InputPeerSelf()
const adminId = new Api.InputUserSelf()
const PATH = 'messages.getExportedChatInvites'

/** Arguments as JavaScript gives them: the compiler refuses most of these. */
type Loose = new (args: object) => TlObject
const Request = Api.messages.GetExportedChatInvites as unknown as Loose
const request = (args: object): TlObject => new Request({ peer, adminId, limit: 1, ...args })

function refusalOf(encode: () => unknown): TlEncodeError {
  try {
    encode()
  } catch (error) {
    if (error instanceof TlEncodeError) return error
    throw error
  }
  throw new Error('it was accepted')
}

interface Row {
  readonly input: string
  readonly encode: () => unknown
  readonly path: string
  readonly message: string
}

const LONE_SURROGATE = 'half \ud83d of an emoji'
const noPath = (row: Row): string => `${row.input} is refused at ${row.path}`

const ROWS: readonly Row[] = [
  ...['100', 'abc'].map((limit) => ({
    input: `limit: '${limit}'`,
    encode: () => request({ limit }).getBytes(),
    path: `${PATH}.limit`,
    message: `${PATH}.limit: expected an int, -2^31 to 2^31-1, got "${limit}"`,
  })),
  ...[1.5, NaN, 2 ** 31, -(2 ** 31) - 1, Infinity].map((limit) => ({
    input: `limit: ${limit}`,
    encode: () => request({ limit }).getBytes(),
    path: `${PATH}.limit`,
    message: `${PATH}.limit: expected an int, -2^31 to 2^31-1, got ${limit}`,
  })),
  {
    input: 'limit: 10n',
    encode: () => request({ limit: 10n }).getBytes(),
    path: `${PATH}.limit`,
    message: `${PATH}.limit: expected an int, -2^31 to 2^31-1, got 10n`,
  },
  ...[undefined, null].map((args) => ({
    input: `${args} in place of the arguments`,
    encode: () => new Request(args as never).getBytes(),
    path: `${PATH}.peer`,
    message: `${PATH}.peer: expected InputPeer, got undefined; it is missing`,
  })),
  {
    input: 'a constructor without its arguments',
    encode: () => new (Api.PeerUser as unknown as new () => TlObject)().getBytes(),
    path: 'peerUser.user_id',
    message:
      'peerUser.user_id: expected a long, -2^63 to 2^63-1, as bigint, safe integer, decimal string or big-integer, ' +
      'got undefined; it is missing',
  },
  {
    input: 'a missing limit',
    encode: () => new Request({ peer, adminId }).getBytes(),
    path: `${PATH}.limit`,
    message: `${PATH}.limit: expected an int, -2^31 to 2^31-1, got undefined; it is missing`,
  },
  {
    input: 'a missing peer',
    encode: () => new Request({ adminId, limit: 1 }).getBytes(),
    path: `${PATH}.peer`,
    message: `${PATH}.peer: expected InputPeer, got undefined; it is missing`,
  },
  {
    input: 'a peer that is still a name',
    encode: () => request({ peer: 'username' }).getBytes(),
    path: `${PATH}.peer`,
    message: `${PATH}.peer: expected InputPeer, got "username"; client.invoke resolves names, ids and entities, getBytes() cannot`,
  },
  {
    input: 'a user where an InputUser is asked for',
    encode: () => request({ adminId: new Api.UserEmpty({ id: 5 }) }).getBytes(),
    path: `${PATH}.admin_id`,
    message: `${PATH}.admin_id: expected InputUser, got an object of User; client.invoke resolves names, ids and entities, getBytes() cannot`,
  },
  {
    input: 'an InputPeer where an InputUser is asked for',
    encode: () => request({ adminId: peer }).getBytes(),
    path: `${PATH}.admin_id`,
    message: `${PATH}.admin_id: expected InputUser, got an object of InputPeer; client.invoke resolves names, ids and entities, getBytes() cannot`,
  },
  {
    input: 'a plain object for a peer',
    encode: () => request({ peer: { userId: 5 } }).getBytes(),
    path: `${PATH}.peer`,
    message: `${PATH}.peer: expected InputPeer, got a plain object; client.invoke resolves names, ids and entities, getBytes() cannot`,
  },
  {
    input: 'a method call for a peer',
    encode: () => request({ peer: new Api.help.GetConfig() }).getBytes(),
    path: `${PATH}.peer`,
    message: `${PATH}.peer: expected InputPeer, got an object of a method call; client.invoke resolves names, ids and entities, getBytes() cannot`,
  },
  {
    input: 'offsetDate without offsetLink',
    encode: () => request({ offsetDate: 43 }).getBytes(),
    path: `${PATH}.offset_link`,
    message: `${PATH}.offset_link: expected offset_date and offset_link together, for they share one flag bit, got offset_date alone`,
  },
  {
    input: 'offsetLink without offsetDate',
    encode: () => request({ offsetLink: '' }).getBytes(),
    path: `${PATH}.offset_date`,
    message: `${PATH}.offset_date: expected offset_date and offset_link together, for they share one flag bit, got offset_link alone`,
  },
  {
    input: 'two of four fields that share a bit',
    encode: () => new (Api.UrlAuthResultRequest as unknown as Loose)({ bot: new Api.UserEmpty({ id: 1 }), domain: '', browser: 'a', ip: 'b' }).getBytes(),
    path: 'urlAuthResultRequest.platform',
    message:
      'urlAuthResultRequest.platform: expected browser, platform, ip, region together, for they share one flag bit, got browser, ip alone',
  },
  {
    input: 'an unknown argument',
    encode: () => request({ admin: adminId }),
    path: `${PATH}.admin`,
    message: `${PATH}.admin: expected revoked, peer, adminId, offsetDate, offsetLink, limit, got admin; did you mean 'adminId'?`,
  },
  {
    input: "an argument in TL's spelling",
    encode: () => request({ offset_date: 43 }),
    path: `${PATH}.offset_date`,
    message: `${PATH}.offset_date: expected revoked, peer, adminId, offsetDate, offsetLink, limit, got offset_date; did you mean 'offsetDate'?`,
  },
  {
    input: 'an argument for a class without fields',
    encode: () => new (Api.InputPeerSelf as unknown as Loose)({ userId: 5 }),
    path: 'inputPeerSelf.userId',
    message: 'inputPeerSelf.userId: expected no arguments, got userId',
  },
  {
    input: 'revoked: 0',
    encode: () => request({ revoked: 0 }).getBytes(),
    path: `${PATH}.revoked`,
    message: `${PATH}.revoked: expected true, false or undefined, got 0`,
  },
  {
    input: "revoked: 'no'",
    encode: () => request({ revoked: 'no' }).getBytes(),
    path: `${PATH}.revoked`,
    message: `${PATH}.revoked: expected true, false or undefined, got "no"`,
  },
  {
    input: 'a Date where TL says no date',
    encode: () => request({ limit: new Date(0) }).getBytes(),
    path: `${PATH}.limit`,
    message: `${PATH}.limit: expected an int, -2^31 to 2^31-1, got an instance of Date`,
  },
  {
    input: 'an invalid Date',
    encode: () => request({ offsetDate: new Date(NaN), offsetLink: '' }).getBytes(),
    path: `${PATH}.offset_date`,
    message: `${PATH}.offset_date: expected an int, -2^31 to 2^31-1, got NaN`,
  },
  {
    input: 'a lone surrogate',
    encode: () => request({ offsetDate: 1, offsetLink: LONE_SURROGATE }).getBytes(),
    path: `${PATH}.offset_link`,
    message: `${PATH}.offset_link: expected a string without lone surrogates, got ${JSON.stringify(LONE_SURROGATE)}`,
  },
  {
    input: 'a number for a string',
    encode: () => request({ offsetDate: 1, offsetLink: 5 }).getBytes(),
    path: `${PATH}.offset_link`,
    message: `${PATH}.offset_link: expected a string, got 5`,
  },
  {
    input: 'a string of 2^24 bytes',
    encode: () => request({ offsetDate: 1, offsetLink: 'x'.repeat(2 ** 24) }).getBytes(),
    path: `${PATH}.offset_link`,
    message: `${PATH}.offset_link: expected less than 16777216 bytes, got "${'x'.repeat(80)}..."`,
  },
  {
    input: 'a string that has 2^24 bytes as UTF-8',
    encode: () => request({ offsetDate: 1, offsetLink: 'é'.repeat(2 ** 23) }).getBytes(),
    path: `${PATH}.offset_link`,
    message: `${PATH}.offset_link: expected less than 16777216 bytes, got 16777216 bytes`,
  },
  {
    input: 'bytes of 2^24 bytes',
    encode: () => new Api.upload.SaveFilePart({ fileId: 1, filePart: 0, bytes: new Uint8Array(2 ** 24) }).getBytes(),
    path: 'upload.saveFilePart.bytes',
    message: 'upload.saveFilePart.bytes: expected less than 16777216 bytes, got 16777216 bytes',
  },
  {
    input: 'a string for bytes',
    encode: () => new (Api.upload.SaveFilePart as unknown as Loose)({ fileId: 1, filePart: 0, bytes: 'text' }).getBytes(),
    path: 'upload.saveFilePart.bytes',
    message: 'upload.saveFilePart.bytes: expected a Uint8Array, got "text"',
  },
  ...[2n ** 63n, 2n ** 64n - 1n, 2n ** 64n + 5n, -(2n ** 63n) - 1n].map((userId) => ({
    input: `the long ${userId}`,
    encode: () => new Api.InputUser({ userId, accessHash: 0 }).getBytes(),
    path: 'inputUser.user_id',
    message: `inputUser.user_id: expected a long, -2^63 to 2^63-1, as bigint, safe integer, decimal string or big-integer, got ${userId}n`,
  })),
  ...(
    [
      ['a TL object', () => new Api.PeerUser({ userId: 1 }), 'PeerUser'],
      ['an array', () => [1], 'an array of 1'],
      ['bytes', () => new Uint8Array(8), '8 bytes'],
      ['a Buffer', () => Buffer.alloc(8), '8 bytes'],
    ] as const
  ).map(([what, value, got]) => ({
    input: `${what} for a long`,
    encode: () => new (Api.InputUser as unknown as Loose)({ userId: value(), accessHash: 0 }).getBytes(),
    path: 'inputUser.user_id',
    message: `inputUser.user_id: expected a long, -2^63 to 2^63-1, as bigint, safe integer, decimal string or big-integer, got ${got}`,
  })),
  ...(
    [
      ['a thing that has a write of its own', () => ({ write: () => {} }), 'a plain object'],
      ['the same without a prototype', () => Object.assign(Object.create(null) as object, { write: () => {} }), 'a plain object'],
      ['a stream', () => new Writable(), 'an instance of Writable'],
    ] as const
  ).map(([what, value, got]) => ({
    input: `${what} for an object`,
    encode: () => new (Api.messages.UploadMedia as unknown as Loose)({ peer, media: value() }).getBytes(),
    path: 'messages.uploadMedia.media',
    message: `messages.uploadMedia.media: expected InputMedia, got ${got}`,
  })),
  ...[2 ** 53, -(2 ** 53), 1.5, NaN].map((userId) => ({
    input: `the number ${userId} as a long`,
    encode: () => new Api.InputUser({ userId, accessHash: 0 }).getBytes(),
    path: 'inputUser.user_id',
    message: `inputUser.user_id: expected a long, -2^63 to 2^63-1, as bigint, safe integer, decimal string or big-integer, got ${userId}`,
  })),
  ...['abc', '', '1.5', '0x10', ' 5', '1e3', '+5', '--5'].map((userId) => ({
    input: `the string ${JSON.stringify(userId)} as a long`,
    encode: () => new Api.InputUser({ userId, accessHash: 0 }).getBytes(),
    path: 'inputUser.user_id',
    message: `inputUser.user_id: expected a long, -2^63 to 2^63-1, as bigint, safe integer, decimal string or big-integer, got ${JSON.stringify(userId)}`,
  })),
  {
    input: 'a missing object',
    encode: () => new (Api.account.SetAccountTTL as unknown as Loose)({ ttl: undefined }).getBytes(),
    path: 'account.setAccountTTL.ttl',
    message: 'account.setAccountTTL.ttl: expected AccountDaysTTL, got undefined; it is missing',
  },
  ...[undefined, 'false', 1].map((hidden) => ({
    input: `Bool ${JSON.stringify(hidden)}`,
    encode: () => new (Api.channels.TogglePreHistoryHidden as unknown as Loose)({ channel: new Api.InputChannelEmpty(), enabled: hidden }).getBytes(),
    path: 'channels.togglePreHistoryHidden.enabled',
    message: `channels.togglePreHistoryHidden.enabled: expected true or false, got ${JSON.stringify(hidden)}${hidden === undefined ? '; it is missing' : ''}`,
  })),
  {
    input: 'a vector that is undefined',
    encode: () => new (Api.users.GetUsers as unknown as Loose)({}).getBytes(),
    path: 'users.getUsers.id',
    message: 'users.getUsers.id: expected an array, got undefined; it is missing',
  },
  {
    input: 'a vector that is no array',
    encode: () => new (Api.users.GetUsers as unknown as Loose)({ id: adminId }).getBytes(),
    path: 'users.getUsers.id',
    message: 'users.getUsers.id: expected an array, got InputUserSelf',
  },
  {
    input: 'a vector with a bad object',
    encode: () => new (Api.users.GetUsers as unknown as Loose)({ id: [adminId, adminId, new Api.InputPeerEmpty()] }).getBytes(),
    path: 'users.getUsers.id[2]',
    message: 'users.getUsers.id[2]: expected InputUser, got an object of InputPeer; client.invoke resolves names, ids and entities, getBytes() cannot',
  },
  {
    input: 'a vector with a bad int',
    encode: () => new (Api.messages.GetMessagesViews as unknown as Loose)({ peer, id: [1, 2, '3'], increment: false }).getBytes(),
    path: 'messages.getMessagesViews.id[2]',
    message: 'messages.getMessagesViews.id[2]: expected an int, -2^31 to 2^31-1, got "3"',
  },
  {
    input: 'a bad value deep inside',
    encode: () =>
      new (Api.messages.SendMessage as unknown as Loose)({
        peer,
        message: '',
        replyTo: new (Api.InputReplyToMessage as unknown as Loose)({ replyToMsgId: 'one' }),
      }).getBytes(),
    path: 'messages.sendMessage.reply_to.reply_to_msg_id',
    message: 'messages.sendMessage.reply_to.reply_to_msg_id: expected an int, -2^31 to 2^31-1, got "one"',
  },
  {
    input: 'a bad value inside a wrapped call',
    encode: () => new Api.InvokeWithLayer({ layer: 228, query: request({ limit: null }) as never }).getBytes(),
    path: 'invokeWithLayer.query.limit',
    message: 'invokeWithLayer.query.limit: expected an int, -2^31 to 2^31-1, got null; it is missing',
  },
  {
    input: 'a constructor where a call is wrapped',
    encode: () => new Api.InvokeWithLayer({ layer: 228, query: peer as never }).getBytes(),
    path: 'invokeWithLayer.query',
    message: 'invokeWithLayer.query: expected a method call, got an object of InputPeer',
  },
  {
    input: 'an integer of 256 bits that is too large',
    encode: () =>
      new Api.phone.JoinGroupCall({
        call: new Api.InputGroupCall({ id: 1, accessHash: 1 }),
        joinAs: peer,
        publicKey: 2n ** 255n,
        block: new Uint8Array(1),
        params: new Api.DataJSON({ data: '' }),
      }).getBytes(),
    path: 'phone.joinGroupCall.public_key',
    message:
      `phone.joinGroupCall.public_key: expected an int256 (32 bytes, or an integer from -2^255 to 2^255-1), got ${2n ** 255n}n`,
  },
]

describe('what is refused before a byte of it leaves', () => {
  for (const row of ROWS) {
    it(noPath(row), () => {
      const error = refusalOf(row.encode)
      expect(error.message).toBe(row.message)
      expect(error.path).toBe(row.path)
      expect(error.name).toBe('TlEncodeError')
      expect(error.expected).toBeDefined()
      expect(error.got).toBeDefined()
    })
  }

  it('an object that contains itself is refused at 64 levels', () => {
    const circle = new Api.TextBold({ text: new Api.TextEmpty() })
    circle.text = circle
    const error = refusalOf(() => circle.getBytes())
    expect(error.message).toMatch(/^textBold(\.text){65}: expected at most 64 levels, and nothing inside itself, got more$/)
  })

  it('and the next call is not affected', () => {
    const good = request({ offsetDate: 43, offsetLink: 'x' })
    const before = good.getBytes()
    for (const row of ROWS) refusalOf(row.encode)
    expect(good.getBytes()).toEqual(before)
  })
})

describe('what is accepted', () => {
  const hex = (object: TlObject): string => Buffer.from(object.getBytes()).toString('hex')

  it('a date as seconds, where TL says a date', () => {
    const given = request({ offsetDate: new Date(43_999), offsetLink: '' })
    expect(given).toMatchObject({ offsetDate: 43 })
    expect(hex(given)).toBe(hex(request({ offsetDate: 43, offsetLink: '' })))
  })

  it('a long as bigint, safe integer, decimal string and big-integer, up to the edges of 64 bits', () => {
    for (const value of [0n, -1n, 2n ** 53n - 1n, 1_234_567_890_123n]) {
      const forms = [value, Number(value), String(value), bigInt(String(value))]
      expect(new Set(forms.map((userId) => hex(new Api.InputUser({ userId, accessHash: 0 })))).size).toBe(1)
    }
    for (const value of [2n ** 63n - 1n, -(2n ** 63n)]) {
      const { userId } = new Api.InputUser({ userId: value, accessHash: String(value) })
      expect(userId.toString()).toBe(String(value))
      expect(() => new Api.InputUser({ userId: value, accessHash: String(value) }).getBytes()).not.toThrow()
    }
  })

  it('big-integers of a platform without native ones', () => {
    const small = { value: 5, sign: false, isSmall: true, toJSNumber: () => 5, toString: () => '5' }
    const large = { value: [1, 2], sign: true, isSmall: false, toJSNumber: () => 0, toString: () => '-9223372036854775808' }
    const given = new Api.InputUser({ userId: small as never, accessHash: large as never })
    expect(hex(given)).toBe(hex(new Api.InputUser({ userId: 5, accessHash: -(2n ** 63n) })))
  })

  it('bytes as Uint8Array and as Buffer', () => {
    const part = (bytes: Uint8Array): string => hex(new Api.upload.SaveFilePart({ fileId: 1, filePart: 0, bytes }))
    expect(part(new Uint8Array([1, 2, 3]))).toBe(part(Buffer.from([1, 2, 3])))
  })

  it('fields that are set after the object was made without any', () => {
    const late = new (Api.messages.SendMessage as unknown as new () => Api.messages.SendMessage)()
    const { randomId } = Object.assign(late, { peer, message: 'text' })
    expect(hex(late)).toBe(hex(new Api.messages.SendMessage({ peer, message: 'text', randomId })))
  })

  it('null for an optional that is absent', () => {
    expect(hex(request({ offsetDate: null, offsetLink: null, revoked: null }))).toBe(hex(request({})))
  })

  it('InputUser and InputChannel where an InputPeer is asked for, written as one', () => {
    const asPeer = (given: TlObject): string => hex(request({ peer: given }))
    const ids = { userId: 7, accessHash: -9 }
    expect(asPeer(new Api.InputUser(ids))).toBe(asPeer(new Api.InputPeerUser(ids)))
    expect(asPeer(new Api.InputUserSelf())).toBe(asPeer(new Api.InputPeerSelf()))
    expect(asPeer(new Api.InputUserEmpty())).toBe(asPeer(new Api.InputPeerEmpty()))
    expect(asPeer(new Api.InputChannel({ channelId: 3, accessHash: 4 }))).toBe(asPeer(new Api.InputPeerChannel({ channelId: 3, accessHash: 4 })))
    expect(asPeer(new Api.InputChannelEmpty())).toBe(asPeer(new Api.InputPeerEmpty()))
    const seen = { peer: new Api.InputPeerChat({ chatId: 1 }), msgId: 2 }
    expect(asPeer(new Api.InputUserFromMessage({ ...seen, userId: 3 }))).toBe(asPeer(new Api.InputPeerUserFromMessage({ ...seen, userId: 3 })))
    expect(asPeer(new Api.InputChannelFromMessage({ ...seen, channelId: 3 }))).toBe(asPeer(new Api.InputPeerChannelFromMessage({ ...seen, channelId: 3 })))
  })

  it('falsy values: 0, the empty string, false and [] are there', () => {
    expect(hex(request({ offsetDate: 0, offsetLink: '', limit: 0 }))).toBe(
      'f6a3b5a204000000c97ea07d3fb1c1f7000000000000000000000000',
    )
    const settings = new Api.CodeSettings({ token: '', appSandbox: false, logoutTokens: [] })
    expect(hex(settings)).toBe(`783d25ad40010000${'15c4b51c00000000'}${'00000000'}${'379779bc'}`)
  })
})

describe('a random id', () => {
  const send = (args: object): Api.messages.SendMessage => new Api.messages.SendMessage({ peer, message: '', ...args })

  it('is made up where none is given, anew each time', () => {
    const ids = new Set(Array.from({ length: 50 }, () => send({}).randomId.toString()))
    expect(ids.size).toBe(50)
  })

  it('stays what it was given, 0 as well', () => {
    expect(send({ randomId: 0 }).randomId.toString()).toBe('0')
    expect(send({ randomId: '-5' }).randomId.toString()).toBe('-5')
  })

  it('is made up once for each message that is forwarded', () => {
    const forward = new Api.messages.ForwardMessages({ fromPeer: peer, toPeer: peer, id: [1, 2, 3] })
    expect(new Set(forward.randomId.map(String)).size).toBe(3)
  })
})
