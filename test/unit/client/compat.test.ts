import { readFileSync } from 'node:fs'
import bigInt from 'big-integer'
import * as theirs from 'telegram'
import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { version } from '../../../src/client/compat/version.js'
import { Logger, LogLevel } from '../../../src/client/compat/logger.js'
import type { ClientLogger } from '../../../src/client/logger.js'
import * as root from '../../../src/entry/index.js'

const { helpers, utils } = root

describe('the root', () => {
  it('has the names that existing code imports from it', () => {
    const left = ['default']
    const missing = Object.keys(theirs).filter((name) => !(name in root) && !left.includes(name))
    expect(missing).toEqual([])
    expect(Object.keys(root)).toEqual(
      expect.arrayContaining(['Api', 'TelegramClient', 'decode', 'events', 'isRpcError']),
    )
  })
  it('tells the version of the package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(version).toBe(manifest.version)
  })
  it('decodes one object and refuses what is left over', () => {
    const bytes = new Api.InputPeerSelf().getBytes()
    expect(root.decode(bytes)).toBeInstanceOf(Api.InputPeerSelf)
    expect(() => root.decode(Buffer.concat([bytes, Buffer.alloc(4)]))).toThrow(/left|trailing|more/i)
  })
})

describe('helpers', () => {
  it.each([
    [[1, 2, 3, 255], true, false],
    [[1, 2, 3, 255], true, true],
    [[255, 254], false, true],
    [[255, 254], false, false],
    [[0, 0, 0, 0, 0, 0, 0, 128], true, true],
  ] as const)('read %j (little %s, signed %s) as existing packages do, and write it back', (bytes, little, signed) => {
    const buffer = Buffer.from(bytes)
    const number = helpers.readBigIntFromBuffer(buffer, little, signed)
    expect(number.toString()).toBe(theirs.helpers.readBigIntFromBuffer(buffer, little, signed).toString())
    expect(helpers.readBufferFromBigInt(number, bytes.length, little, signed)).toEqual(buffer)
  })
  it('agree with existing packages on the rest', async () => {
    for (const value of [1, 255, 256, 70_000])
      expect(helpers.getByteArray(value)).toEqual(theirs.helpers.getByteArray(value))
    for (const value of [5, -5, '-9223372036854775808'])
      expect(helpers.toSignedLittleBuffer(value)).toEqual(theirs.helpers.toSignedLittleBuffer(value))
    expect(helpers.crc32('rawgram')).toBe(theirs.helpers.crc32('rawgram'))
    expect(helpers.mod(-7, 3)).toBe(theirs.helpers.mod(-7, 3))
    expect(await helpers.sha256(Buffer.from('a'))).toEqual(await theirs.helpers.sha256(Buffer.from('a')))
    expect(await helpers.sha1(Buffer.from('a'))).toEqual(await theirs.helpers.sha1(Buffer.from('a')))
    expect(helpers.modExp(bigInt(3), bigInt(200), bigInt(1009)).toString()).toBe(
      theirs.helpers.modExp(bigInt(3), bigInt(200), bigInt(1009)).toString(),
    )
    expect(helpers.getMinBigInt([5, '3', 9n]).toString()).toBe('3')
    expect(helpers.generateRandomBytes(8)).toHaveLength(8)
    expect(() => helpers.returnBigInt('x')).toThrow(/whole number/)
    expect(new helpers.TotalList().total).toBe(new theirs.helpers.TotalList().total)
    expect(helpers.convertToLittle(Buffer.from([1, 2]))).toEqual(Buffer.from([0, 0, 0, 1, 0, 0, 0, 2]))
    const printed = { a: 1, _b: 2, c: undefined }
    expect(helpers.betterConsoleLog(printed)).toEqual(theirs.helpers.betterConsoleLog(printed))
    const nonces = [bigInt('-123456789'), bigInt(2).pow(250)] as const
    expect(await helpers.generateKeyDataFromNonce(...nonces)).toEqual(
      await theirs.helpers.generateKeyDataFromNonce(...nonces),
    )
    expect(Object.keys(theirs.helpers).filter((name) => !(name in helpers))).toEqual([
      'groupBy',
      'bigIntMod',
      'stripText',
    ])
  })
  it('tell users, groups and channels apart', () => {
    const ids = { id: 1, userId: 1, chatId: 1, channelId: 1, accessHash: 1 }
    const names = ['User', 'UserEmpty', 'UserFull', 'PeerUser', 'InputPeerUser', 'InputPeerSelf', 'InputUserSelf']
    names.push('Chat', 'ChatForbidden', 'ChatFull', 'PeerChat', 'InputPeerChat')
    names.push('Channel', 'ChannelForbidden', 'ChannelFull', 'PeerChannel', 'InputPeerChannel', 'InputChannel')
    const api = theirs.Api as unknown as Record<string, new (args: object) => theirs.Api.User>
    for (const className of names) {
      expect([className, helpers._entityType({ className })]).toEqual([
        className,
        theirs.helpers._entityType(new api[className]!(ids)),
      ])
    }
    expect(helpers._EntityType).toEqual(theirs.helpers._EntityType)
    expect(() => helpers._entityType(new Api.InputMessageID({ id: 1 }))).toThrow(
      'InputMessageID does not have any entity type',
    )
    expect(() => helpers._entityType('x')).toThrow('"x" does not have any entity type')
  })
})

describe('utils', () => {
  it('have all names that existing code imports, but for those that are left out', () => {
    const left = ['chunks', 'getInnerText', 'strippedPhotoToJpg', 'resolveInviteLink', '_getEntityPair']
    const missing = Object.keys(theirs.utils).filter((name) => !(name in utils))
    expect(missing.sort()).toEqual(left.sort())
  })
  it.each(['5', '-4', '-1001234567890', '-1000123456'])('split the marked id %s as existing packages do', (id) => {
    const [number, peer] = utils.resolveId(bigInt(id))
    const [theirNumber, theirPeer] = theirs.utils.resolveId(bigInt(id))
    expect([number.toString(), peer.className]).toEqual([theirNumber.toString(), theirPeer.className])
    expect(utils.getPeerId(bigInt(id))).toBe(id)
    expect(utils.getPeerId(utils.getPeer(bigInt(id)))).toBe(id)
  })
  it('know peers by their objects, and say which they cannot', () => {
    const user = new Api.User({ id: 5, accessHash: 7, firstName: 'A', lastName: 'B' })
    expect(utils.getInputUser(user).className).toBe('InputUser')
    expect(utils.getPeerId(user)).toBe('5')
    expect(utils.getDisplayName(user)).toBe('A B')
    expect(utils.getInputMessage(5)).toBeInstanceOf(Api.InputMessageID)
    expect(() => utils.getInputChannel(user)).toThrow('Cannot cast User to any kind of InputChannel')
    expect(() => utils.getInputPeer('username')).toThrow(/Cannot cast "username"/)
  })
  it('know the account itself by its id', () => {
    const fields = { self: true, id: bigInt(777), accessHash: bigInt(5), firstName: 'A' }
    const me = new Api.User(fields)
    const theirMe = new theirs.Api.User(fields)
    expect(utils.getPeerId(me)).toBe(theirs.utils.getPeerId(theirMe))
    expect(utils.getPeer(me).getBytes()).toEqual(theirs.utils.getPeer(theirMe).getBytes())
    expect(utils.getInputPeer(me).className).toBe('InputPeerSelf')
    expect(utils.getInputPeer(me, false).getBytes()).toEqual(theirs.utils.getInputPeer(theirMe, false).getBytes())
    expect(utils.getPeerId(new Api.User({ self: true, id: 778 }))).toBe('778')
  })
  it('say who knows an access hash that an object lacks', () => {
    const advice = 'without its access hash; ask client.getInputEntity() for it'
    const min = new Api.User({ min: true, id: 5, accessHash: 7 })
    expect(() => utils.getInputUser(min)).toThrow(`Cannot cast User to any kind of InputUser ${advice}`)
    const peer = new Api.PeerChannel({ channelId: 9 })
    expect(() => utils.getInputChannel(peer)).toThrow(`Cannot cast PeerChannel to any kind of InputChannel ${advice}`)
  })
  it('read usernames, phones and ids out of text', () => {
    expect(utils.parseUsername('https://t.me/UserName')).toEqual({ username: 'username', isInvite: false })
    expect(utils.parsePhone('+1 555')).toBe('1555')
    expect(utils.parseID('-12')?.toString()).toBe('-12')
    expect(utils.parseID('x')).toBeUndefined()
    expect(utils.rtrim('a//', '/')).toBe('a')
    for (const size of [1, 200, 900].map((mb) => bigInt(mb * 1024 * 1024)))
      expect(utils.getAppropriatedPartSize(size)).toBe(theirs.utils.getAppropriatedPartSize(size))
  })
})

describe('a button', () => {
  it('carries up to 64 bytes of data, its text included', async () => {
    const { Button } = await import('../../../src/entry/tl/custom/button.js')
    expect(Button.inline('text', Buffer.alloc(64)).data).toHaveLength(64)
    expect(() => Button.inline('text', Buffer.alloc(65))).toThrow('expected at most 64 bytes of data, got 65')
    expect(() => Button.inline('é'.repeat(33))).toThrow('got 66')
  })
  it('takes its arguments in the order of existing packages', async () => {
    const { Button } = await import('../../../src/entry/tl/custom/button.js')
    const { Button: Other } = await import('telegram/tl/custom/button.js')
    const plain = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (_, each: unknown) => (each === false ? undefined : each)))
    const button = new Api.KeyboardButton({ text: 't' })
    expect(new Button(button, true, false, true)).toEqual({ button, resize: true, singleUse: false, selective: true })
    const pairs = [
      [Button.text('t', true, false, true), Other.text('t', true, false, true)],
      [Button.requestPhone('t', undefined, true), Other.requestPhone('t', undefined, true)],
      [Button.requestLocation('t'), Other.requestLocation('t')],
      [Button.requestPoll('t'), Other.requestPoll('t')],
      [Button.inline('t', Buffer.from('d')), Other.inline('t', Buffer.from('d'))],
      [Button.inline('t'), Other.inline('t')],
      [Button.switchInline('t', 'q', true), Other.switchInline('t', 'q', true)],
      [Button.url('t', 'https://e.org'), Other.url('t', 'https://e.org')],
      [Button.url('https://e.org'), Other.url('https://e.org')],
      [Button.clear(), Other.clear()],
      [Button.forceReply(), Other.forceReply()],
    ]
    for (const [ours, other] of pairs) expect(plain(ours)).toEqual(plain(other))
    const auth = Button.auth('t', 'https://e.org', 'bot', true, 'fwd')
    expect(auth).toMatchObject({ url: 'https://e.org', bot: 'bot', requestWriteAccess: true, fwdText: 'fwd' })
  })
})

describe('the client', () => {
  const client = (baseLogger?: ClientLogger): root.TelegramClient =>
    new root.TelegramClient(new root.sessions.MemorySession(), 1, 'hash', baseLogger && { baseLogger })
  it('says its version, and has the events that existing code takes from it', () => {
    expect(client().__version__).toBe(version)
    const names = Object.keys(theirs.TelegramClient.events as object)
    expect(Object.keys(root.TelegramClient.events).sort()).toEqual(names.sort())
    expect(root.TelegramClient.events.NewMessage).toBe(root.events.NewMessage)
  })
  it('gives out its logger, which is silent until it is told to speak', () => {
    const own = new Logger(LogLevel.WARN)
    expect(client(own).logger).toBe(own)
    const { logger } = client()
    expect(logger.canSend(LogLevel.ERROR)).toBe(false)
    const speaking = client()
    speaking.setLogLevel(LogLevel.INFO)
    expect(speaking.logger.canSend(LogLevel.INFO)).toBe(true)
    expect(speaking.logger.canSend(LogLevel.DEBUG)).toBe(false)
    expect(logger.canSend(LogLevel.ERROR)).toBe(false)
  })
  it('sets the level of a logger of another kind, too', () => {
    const lines: string[] = []
    const line = (level: string) => (message: string) => void lines.push(`${level} ${message}`)
    const made = client({ error: line('error'), warn: line('warn'), info: line('info'), debug: line('debug') })
    made.logger.debug('one')
    made.setLogLevel('error')
    made.logger.warn('two')
    made.logger.error('three')
    expect(lines).toEqual(['debug one', 'error three'])
  })
})

describe('the logger', () => {
  it('writes what its level lets through', () => {
    const lines: string[] = []
    class Lines extends Logger {
      override log(level: LogLevel, message: string): void {
        lines.push(`${level} ${message}`)
      }
    }
    const logger = new Lines(LogLevel.WARN)
    logger.info('quiet')
    logger.warn('loud')
    logger.setLevel(LogLevel.NONE)
    logger.error('silent')
    expect(lines).toEqual(['warn loud'])
    expect(new Logger().format('m', 'info')).toMatch(/^\[.+\] \[INFO\] - \[m\]$/)
  })
})

describe('the password helper', () => {
  it('computes the digest that existing packages compute', async () => {
    const { KNOWN_PRIME } = await import('../../../src/crypto/known-prime.js')
    const { bigIntToBytesBE } = await import('../../../src/bytes/bigint.js')
    const p = bigIntToBytesBE(KNOWN_PRIME, 256)
    const fields = { salt1: Buffer.from('0102', 'hex'), salt2: Buffer.from('0304', 'hex'), g: 3, p: Buffer.from(p) }
    const ours = await root.password.computeDigest(
      new Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(fields),
      'secret',
    )
    const other = await theirs.password.computeDigest(
      new theirs.Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(fields),
      'secret',
    )
    expect(Buffer.from(ours)).toEqual(Buffer.from(other))
  })
})
