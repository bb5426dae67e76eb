import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { toBase64 } from '../../../src/bytes/base64.js'
import { TelegramClient } from '../../../src/client/telegram-client.js'
import { RpcError } from '../../../src/errors/rpc-error.js'
import { decode } from '../../../src/entry/index.js'
import { startServer, type TelegramServer } from '../../../src/server/start-server.js'
import { systemPlatform } from '../../../src/platform/system.js'
import { StringSession } from '../../../src/session/string-session.js'
import { until } from '../../support/until.js'

let server: TelegramServer

beforeAll(async () => {
  server = await startServer({ port: 0, strict: true, dataCentres: [{ id: 2 }, { id: 4 }] })
  server.world.addUser({ phone: '+15550001', firstName: 'Plain' })
  server.world.addUser({ phone: '+15550002', firstName: 'Secret', password: 'correct horse' })
  server.world.addUser({ phone: '+15550004', firstName: 'Elsewhere', homeDc: 4 })
})
afterAll(async () => {
  await server.close()
})

function makeClient(saved = ''): TelegramClient {
  const session = new StringSession(saved)
  if (saved === '') session.setDC(2, '127.0.0.1', server.port)
  return new TelegramClient(session, 1, 'hash', { serverKeys: [server.publicKey] })
}

const fail = (error: Error): never => {
  throw error
}

type Algorithm = Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow

const algorithm = (challenge: Api.account.Password): Algorithm => challenge.currentAlgo as Algorithm

describe('start()', () => {
  it('logs a bot in by its token, and does nothing where somebody is logged in already', async () => {
    await using client = makeClient()
    await client.start({ botAuthToken: '7007:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })
    const me = await client.getMe()
    expect([me.bot, String(me.id), await client.isBot()]).toEqual([true, '7007', true])
    const saved = (client.session as StringSession).save()
    await client.disconnect()
    await using again = makeClient(saved)
    await again.start({ botAuthToken: 'not even looked at' })
    expect(await again.isUserAuthorized()).toBe(true)
  })
  it('raises a wrong token', async () => {
    await using client = makeClient()
    await expect(client.start({ botAuthToken: 'wrong' })).rejects.toMatchObject({ type: 'ACCESS_TOKEN_INVALID' })
    expect(await client.checkAuthorization()).toBe(false)
  })
  it('logs a user in by phone number and code, asking again after a wrong one', async () => {
    await using client = makeClient()
    const codes = ['99999', '12345']
    const errors: string[] = []
    await client.start({
      phoneNumber: async () => '+15550001',
      phoneCode: async () => codes.shift()!,
      onError: (error) => void errors.push((error as Error & { errorMessage: string }).errorMessage),
    })
    expect(errors).toEqual(['PHONE_CODE_INVALID'])
    expect((await client.getMe()).firstName).toBe('Plain')
  })
  it('stops when onError says so', async () => {
    await using client = makeClient()
    const login = client.start({ phoneNumber: '+15550001', phoneCode: async () => '99999', onError: async () => true })
    await expect(login).rejects.toMatchObject({ type: 'PHONE_CODE_INVALID' })
  })
  it('asks for the password of two-step verification, and again after a wrong one', async () => {
    await using client = makeClient()
    const passwords = ['wrong', 'correct horse']
    const errors: string[] = []
    await client.start({
      phoneNumber: '+15550002',
      phoneCode: async () => '12345',
      password: async () => passwords.shift()!,
      onError: (error) => void errors.push((error as Error & { errorMessage: string }).errorMessage),
    })
    expect(errors).toEqual(['PASSWORD_HASH_INVALID'])
    expect((await client.getMe()).firstName).toBe('Secret')
  })
  it('says that a password is needed where none can be asked for', async () => {
    await using client = makeClient()
    await expect(
      client.start({ phoneNumber: '+15550002', phoneCode: () => '12345', onError: fail }),
    ).rejects.toMatchObject({ failure: 'password' })
    const told: Error[] = []
    const onError = (error: Error): void => void told.push(error)
    await expect(
      client.start({ phoneNumber: '+15550002', phoneCode: () => '12345', onError }),
    ).rejects.toMatchObject({ failure: 'password' })
    expect(told).toHaveLength(1)
  })
  it.each<[string, (challenge: Api.account.Password) => void]>([
    ['A1: a composite p', (challenge) => void (algorithm(challenge).p[255]! ^= 2)],
    ['A1: g = 2, which this p does not allow', (challenge) => void (algorithm(challenge).g = 2)],
    ['A2: srp_B = 0', (challenge) => void challenge.srp_B!.fill(0)],
    ['A2: srp_B = p', (challenge) => void (challenge.srp_B = algorithm(challenge).p)],
    ['A2: srp_B of 257 bytes', (challenge) => void (challenge.srp_B = Buffer.concat([challenge.srp_B!, Buffer.of(1)]))],
  ])('%s: nothing made from the password is sent', async (_name, spoil) => {
    await using client = makeClient()
    const asked: string[] = []
    server.faults.query = (method) => {
      asked.push(method)
      return undefined
    }
    server.faults.answer = (method, result) => {
      if (method !== 'account.GetPassword') return undefined
      const challenge = decode(result.slice()) as Api.account.Password
      spoil(challenge)
      return challenge.getBytes()
    }
    try {
      const login = client.start({
        phoneNumber: '+15550002',
        phoneCode: () => '12345',
        password: () => 'correct horse',
        onError: () => true,
      })
      await expect(login).rejects.toMatchObject({ name: 'RemoteError', failure: 'handshake' })
    } finally {
      delete server.faults.query
      delete server.faults.answer
    }
    expect(asked).toContain('account.GetPassword')
    expect(asked).not.toContain('auth.CheckPassword')
  })
  it('creates an account for a new number', async () => {
    await using client = makeClient()
    await client.start({
      phoneNumber: '+15559999',
      phoneCode: () => '12345',
      firstAndLastNames: async () => ['New', 'Person'],
      onError: fail,
    })
    expect((await client.getMe()).lastName).toBe('Person')
  })
  it('R8: follows a phone number to its data centre, and the session goes with it', async () => {
    await using client = makeClient()
    await client.start({ phoneNumber: '+15550004', phoneCode: () => '12345', onError: fail })
    expect((await client.getMe()).firstName).toBe('Elsewhere')
    expect([client.session.dcId, client.session.port]).toEqual([4, server.centre(4).dc.port])
    const saved = (client.session as StringSession).save()
    await client.disconnect()
    await using again = makeClient(saved)
    await again.connect()
    expect((await again.getMe()).firstName).toBe('Elsewhere')
  })
  it('logs in by a QR code that another device accepts', async () => {
    await using device = makeClient(server.login({ username: 'username' }))
    await device.connect()
    await using client = makeClient()
    const shown: string[] = []
    await client.start({
      qrCode: async ({ token }) => {
        shown.push(toBase64(token))
        setTimeout(() => void device.invoke(new Api.auth.AcceptLoginToken({ token })), 20)
      },
      onError: fail,
    })
    expect(shown).toHaveLength(1)
    expect((await client.getMe()).username).toBe('username')
  })
  it('keeps to the protocol in all of this', () => {
    expect(server.violations).toEqual([])
  })
})

describe('logOut()', () => {
  it('ends the login at the server and empties the session', async () => {
    const client = makeClient(server.login({ username: 'friend_of_username' }))
    await client.connect()
    const saved = (client.session as StringSession).save()
    await client.logOut()
    expect((client.session as StringSession).save()).toBe('')
    await using again = makeClient(saved)
    await again.connect()
    expect(await again.isUserAuthorized()).toBe(false)
  })
})

describe('a login that does not go as planned', () => {
  it.each([3_600_000, -3_600_000])('shows a QR code as long as it is valid, with a clock %i ms off', async (aheadMs) => {
    const session = new StringSession('')
    session.setDC(2, '127.0.0.1', server.port)
    const waits: number[] = []
    const timers: typeof systemPlatform.timers = {
      set(delayMs, callback) {
        if (shown > 0) waits.push(delayMs)
        return systemPlatform.timers.set(delayMs, callback)
      },
    }
    const clock = { now: () => ({ ...systemPlatform.clock.now(), wallMs: Date.now() + aheadMs }) }
    await using client = new TelegramClient(session, 1, 'hash', {
      serverKeys: [server.publicKey],
      platform: { ...systemPlatform, clock, timers },
    })
    let shown = 0
    const login = client.start({ qrCode: () => void shown++, onError: () => true })
    const ended = expect(login).rejects.toMatchObject({ failure: 'disconnected' })
    await until(() => waits.some((delayMs) => delayMs > 10_000 && delayMs < 30_000))
    await client.disconnect()
    await ended
    expect(shown).toBe(1)
  })
  it('ends with the connection, though the user may never answer', async () => {
    await using client = makeClient()
    let ended: Promise<void> | undefined
    const asked = new Promise<void>((resolve) => {
      const phoneCode = (): Promise<never> => {
        resolve()
        return new Promise(() => {})
      }
      const login = client.start({ phoneNumber: '+15550001', phoneCode, onError: fail })
      ended = expect(login).rejects.toMatchObject({ failure: 'disconnected' })
    })
    await asked
    await client.disconnect()
    await ended
  })
  it('stays in one place when the number belongs to a data centre that nobody knows', async () => {
    await using client = makeClient()
    server.faults.query = (method) => (method === 'auth.SendCode' ? new RpcError(303, 'PHONE_MIGRATE_9') : undefined)
    try {
      await expect(
        client.start({ phoneNumber: '+15550001', phoneCode: () => '12345', onError: fail }),
      ).rejects.toMatchObject({ failure: 'state', message: 'no address of data centre 9 is known' })
    } finally {
      delete server.faults.query
    }
    await client.start({ phoneNumber: '+15550001', phoneCode: () => '12345', onError: fail })
    expect([(await client.getMe()).firstName, client.session.dcId]).toEqual(['Plain', 2])
  })
  it('says what start() needs', async () => {
    await using client = makeClient()
    await expect(client.start(undefined as never)).rejects.toThrow('start() needs botAuthToken, or phoneNumber')
  })
  it.each([
    ['the code is not a text but of type number', { phoneCode: () => 12345 as never }],
    ['the code is empty', { phoneCode: () => '' }],
    ['the phone number is not a text but of type undefined', { phoneNumber: () => undefined as never }],
  ])('says that %s', async (message, params) => {
    await using client = makeClient()
    const right = { phoneNumber: '+15550001', phoneCode: () => '12345', onError: fail }
    await expect(client.start({ ...right, ...params })).rejects.toThrow(message)
  })
})

describe('updateTwoFaSettings()', () => {
  it('sets a password that the next login needs', async () => {
    server.world.addUser({ phone: '+15550005', firstName: 'Soon' })
    await using client = makeClient()
    await client.start({ phoneNumber: '+15550005', phoneCode: () => '12345', onError: fail })
    await client.updateTwoFaSettings({ newPassword: 'first', hint: 'it is first' })
    await using second = makeClient()
    const hints: (string | undefined)[] = []
    await second.start({
      phoneNumber: '+15550005',
      phoneCode: () => '12345',
      password: async (hint) => {
        hints.push(hint)
        return 'first'
      },
      onError: fail,
    })
    expect(hints).toEqual(['it is first'])
  })
})
