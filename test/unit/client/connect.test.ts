import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import * as kinds from '../../../src/client/connection-kinds.js'
import type { TelegramClientParams } from '../../../src/client/settings.js'
import { TelegramClient } from '../../../src/client/telegram-client.js'
import { generateRsaPrivateKey } from '../../../src/crypto/rsa-private.node.js'
import { toHex } from '../../../src/bytes/hex.js'
import { isRpcError, RpcError } from '../../../src/errors/rpc-error.js'
import { rpcErrorOf } from '../../../src/errors/rpc-error-classes.js'
import { rsaPublicKeyToPem } from '../../../src/crypto/rsa.js'
import { dialTcp } from '../../../src/net/tcp.node.js'
import type { Dial } from '../../../src/net/link.js'
import { ManualPlatform } from '../../../src/platform/manual.js'
import { systemPlatform } from '../../../src/platform/system.js'
import type { Timers } from '../../../src/platform/timers.js'
import type { TlRequest } from '../../../src/tl/object.js'
import { startServer, type TelegramServer } from '../../../src/server/start-server.js'
import { StringSession } from '../../../src/session/string-session.js'
import { until } from '../../support/until.js'

let server: TelegramServer

beforeAll(async () => {
  server = await startServer({ port: 0, strict: true })
})
afterAll(async () => {
  await server.close()
})

function makeClient(
  params: TelegramClientParams = {},
  session = server.login({ username: 'username' }),
): TelegramClient<StringSession> {
  return new TelegramClient(new StringSession(session), 1, 'hash', {
    serverKeys: [server.publicKey],
    ...params,
  })
}

const invites = (): Api.messages.GetExportedChatInvites =>
  new Api.messages.GetExportedChatInvites({
    peer: 'username',
    adminId: 'username',
    limit: 100,
    revoked: true,
    offsetDate: 43,
    offsetLink: 'some string here',
  })

/** The next calls of help.getNearestDc are answered as soon as this is so. */
const answerWhen = (condition: () => boolean): void =>
  server.handle(Api.help.GetNearestDc, async () => {
    await until(condition)
    return new Api.NearestDc({ country: 'XX', thisDc: 2, nearestDc: 2 })
  })

const openSockets = (): number => process.getActiveResourcesInfo().filter((name) => /Socket|Timeout/.test(name)).length

describe('the example of the reference page', () => {
  it.each([
    ['the default transport', {}],
    ['full', { connection: kinds.ConnectionTCPFull }],
    ['abridged', { connection: kinds.ConnectionTCPAbridged }],
    ['intermediate', { connection: kinds.ConnectionTCPIntermediate }],
    ['obfuscated', { connection: kinds.ConnectionTCPObfuscated }],
    ['padded and obfuscated', { connection: kinds.ConnectionTCPPaddedObfuscated }],
    ['WebSocket', { networkSocket: kinds.PromisedWebSockets }],
    ['one permanent key', { pfs: false }],
  ] as const)('gets its answer over %s', async (_name, params) => {
    await using client = makeClient(params)
    expect(await client.connect()).toBe(true)
    expect(await client.connect()).toBe(false)
    const result = await client.invoke(invites())
    expect(result).toBeInstanceOf(Api.messages.ExportedChatInvites)
    expect(result.invites.map((invite) => (invite as Api.ChatInviteExported).date)).toEqual([42, 37, 23, 11])
    expect(server.violations).toEqual([])
  })
  it('works without a session: the key of the first connection can be saved, and is used the next time', async () => {
    const fresh = new StringSession('')
    fresh.setDC(2, '127.0.0.1', server.port)
    const client = new TelegramClient(fresh, 1, 'hash', { serverKeys: [server.publicKey] })
    await client.connect()
    const saved = fresh.save()
    await client.disconnect()
    expect(saved.length).toBeGreaterThan(350)
    await using again = makeClient({}, saved)
    await again.connect()
    expect(again.session.save()).toBe(saved)
    await expect(again.invoke(invites())).rejects.toMatchObject({ code: 401, errorMessage: 'AUTH_KEY_UNREGISTERED' })
  })
})

describe('a call', () => {
  it("is refused with the server's error, split and typed", async () => {
    await using client = makeClient()
    await client.connect()
    server.handle(Api.help.GetNearestDc, () => {
      throw rpcErrorOf(400, 'PEER_ID_INVALID')
    })
    await expect(client.invoke(new Api.help.GetNearestDc())).rejects.toMatchObject({
      code: 400,
      type: 'PEER_ID_INVALID',
      method: 'help.GetNearestDc',
    })
  })
  it('inside wrappers is refused as the method inside', async () => {
    await using client = makeClient()
    await client.connect()
    server.handle(Api.help.GetNearestDc, () => {
      throw rpcErrorOf(400, 'PEER_ID_INVALID')
    })
    const wrapped = new Api.InvokeWithLayer({
      layer: 228,
      query: new Api.InvokeWithoutUpdates({ query: new Api.help.GetNearestDc() }),
    })
    const error: unknown = await client.invoke(wrapped).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ method: 'help.GetNearestDc', wrappers: ['InvokeWithLayer', 'InvokeWithoutUpdates'] })
    for (const method of [Api.help.GetNearestDc, Api.InvokeWithLayer, Api.InvokeWithoutUpdates]) {
      expect(isRpcError(error, method)).toBe(true)
    }
    expect(isRpcError(error, Api.help.GetConfig)).toBe(false)
  })
  it('inside a wrapper waits for its own flood alone, not for that of others in the same wrapper', async () => {
    // The wait of the flood begins when the test says so, that a slow machine may not end it before.
    let beginWait: (() => void) | undefined
    const timers: Timers = {
      set(delayMs, callback) {
        if (delayMs !== 1000 || beginWait !== undefined) return systemPlatform.timers.set(delayMs, callback)
        beginWait = () => void systemPlatform.timers.set(delayMs, callback)
        return () => {}
      },
    }
    await using client = makeClient({ platform: { ...systemPlatform, timers } })
    await client.connect()
    let calls = 0
    const quiet = <R>(query: TlRequest<R>): Promise<R> => client.invoke(new Api.InvokeWithoutUpdates({ query }))
    server.handle(Api.help.GetNearestDc, () => {
      if (calls++ > 0) return new Api.NearestDc({ country: 'XX', thisDc: 1, nearestDc: 1 })
      throw rpcErrorOf(420, 'FLOOD_WAIT_1')
    })
    const flooded = quiet(new Api.help.GetNearestDc())
    await until(() => beginWait !== undefined)
    await quiet(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }))
    expect(calls).toBe(1)
    beginWait!()
    expect(await flooded).toBeInstanceOf(Api.NearestDc)
    expect(calls).toBe(2)
  })
  it('before connect(), or with what is no request, is refused at once', async () => {
    const client = makeClient()
    await expect(client.invoke(invites())).rejects.toMatchObject({
      failure: 'state',
      message: expect.stringContaining('call connect() first'),
    })
    await client.connect()
    await expect(client.invoke({} as never)).rejects.toMatchObject({ failure: 'argument' })
    await expect(client.invoke(Api.help.GetConfig as never)).rejects.toMatchObject({
      failure: 'argument',
      message: expect.stringMatching(/got the class help\.GetConfig$/),
    })
    await expect(client.invoke(new Api.InputPeerSelf() as never)).rejects.toMatchObject({ failure: 'argument' })
    await client.disconnect()
    await expect(client.invoke(invites())).rejects.toMatchObject({ failure: 'state' })
  })
  it('can be aborted, and times out', async () => {
    await using client = makeClient()
    await client.connect()
    server.handle(Api.help.GetNearestDc, () => new Promise<never>(() => {}))
    const abort = new AbortController()
    const aborted = client.invoke(new Api.help.GetNearestDc(), { signal: abort.signal })
    setTimeout(() => abort.abort(new Error('enough')), 50)
    await expect(aborted).rejects.toMatchObject({ failure: 'aborted', cause: { message: 'enough' } })
    await expect(client.invoke(new Api.help.GetNearestDc(), { timeout: 0.1 })).rejects.toMatchObject({
      failure: 'timeout',
    })
    expect((await client.getMe()).username).toBe('username')
  })
  it('of a thousand at once gets its own answer', async () => {
    await using client = makeClient()
    await client.connect()
    server.handle(Api.contacts.ResolvePhone, ({ phone }) => {
      throw rpcErrorOf(400, `PHONE_${phone}`)
    })
    const calls = Array.from({ length: 1000 }, (_, i) =>
      client
        .invoke(new Api.contacts.ResolvePhone({ phone: String(i) }))
        .catch((error: { rpcMessage: string }) => error.rpcMessage),
    )
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 1000 }, (_, i) => `PHONE_${i}`))
  })
})

describe('a data centre that turns the client away', () => {
  it('R9: by AUTH_KEY_DUPLICATED ends the session: the key is dropped, and the owner is told', async () => {
    const client = makeClient()
    const told: string[] = []
    client.onLoggedOut = (error) => void told.push(error.message)
    await client.connect()
    server.faults.query = (method) =>
      method === 'users.GetUsers' ? new RpcError(406, 'AUTH_KEY_DUPLICATED') : undefined
    try {
      await expect(client.getMe()).rejects.toMatchObject({ code: 406 })
    } finally {
      delete server.faults.query
    }
    expect(told).toEqual([expect.stringContaining('AUTH_KEY_DUPLICATED')])
    expect([client.session.save(), client.connected]).toEqual(['', false])
  })
  it('R7, R9: by 500, FLOOD_WAIT_1, CONNECTION_NOT_INITED, MSG_WAIT_TIMEOUT, once each, is asked again', async () => {
    await using client = makeClient({ retryDelay: 10 })
    await client.connect()
    const refusals = [
      new RpcError(500, 'RPC_CALL_FAIL'),
      new RpcError(420, 'FLOOD_WAIT_1'),
      new RpcError(400, 'CONNECTION_NOT_INITED'),
      new RpcError(400, 'MSG_WAIT_TIMEOUT'),
    ]
    server.faults.query = (method) => (method === 'users.GetUsers' ? refusals.shift() : undefined)
    try {
      expect((await client.getMe()).username).toBe('username')
    } finally {
      delete server.faults.query
    }
    expect(refusals).toEqual([])
  })
  it('S: tells by a quick ack that it has the call, before it answers', async () => {
    await using client = makeClient()
    await client.connect()
    const order: string[] = []
    answerWhen(() => order.length > 0)
    await client
      .invoke(new Api.help.GetNearestDc(), { onAcknowledged: () => void order.push('acknowledged') })
      .then(() => order.push('answered'))
    expect(order).toEqual(['acknowledged', 'answered'])
  })
  it.each([
    ['throws', (): never => {
      throw new Error('mine')
    }],
    ['rejects with', async (): Promise<never> => {
      throw new Error('mine')
    }],
  ])('S: what the callback of a quick ack %s ends that call and no other', async (_how, fail) => {
    await using client = makeClient()
    await client.connect()
    let acknowledged = false
    const onAcknowledged = (): Promise<never> => {
      acknowledged = true
      return fail()
    }
    answerWhen(() => acknowledged)
    await expect(client.invoke(new Api.help.GetNearestDc(), { onAcknowledged })).rejects.toThrow('mine')
    expect((await client.invoke(new Api.help.GetNearestDc())).country).toBe('XX')
  })
})

describe('an MTProxy', () => {
  const key = '000102030405060708090a0b0c0d0e0f'
  it.each([
    ['plain', key],
    ['dd', `dd${key}`],
    ['ee', `ee${key}${toHex(new TextEncoder().encode('example.org'))}`],
  ])('with a %s secret is a way to the server', async (_kind, secret) => {
    const own = await startServer({ port: 0, proxies: [{ secret }] })
    try {
      const proxy = { ip: '127.0.0.1', port: own.proxies[0]!.port, secret, MTProxy: true } as const
      const session = new StringSession(own.login({ username: 'username' }))
      await using client = new TelegramClient(session, 1, 'hash', { serverKeys: [own.publicKey], proxy })
      await client.connect()
      expect((await client.invoke(invites())).count).toBe(4)
    } finally {
      await own.close()
    }
  })
})

describe('disconnect()', () => {
  it('rejects what is under way, and leaves neither socket nor timer', async () => {
    const before = openSockets()
    const client = makeClient()
    await client.connect()
    let underWay = false
    server.handle(Api.help.GetNearestDc, () => {
      underWay = true
      return new Promise<never>(() => {})
    })
    const call = expect(client.invoke(new Api.help.GetNearestDc())).rejects.toMatchObject({ failure: 'disconnected' })
    await until(() => underWay)
    await client.disconnect()
    await call
    await expect.poll(openSockets).toBeLessThanOrEqual(before)
    await client.disconnect()
    expect(await client.connect()).toBe(true)
    await client.destroy()
  })
  it('ends a connect() that is under way', async () => {
    const client = makeClient()
    const connecting = expect(client.connect()).rejects.toMatchObject({ failure: 'disconnected' })
    await Promise.resolve()
    await new Promise((resolve) => setTimeout(resolve, 1))
    await client.disconnect()
    await connecting
  })
})

describe('connect()', () => {
  it('comes back after the link was cut, under the same session', async () => {
    await using client = makeClient()
    await client.connect()
    for (let i = 0; i < 3; i++) {
      server.dropConnections()
      expect((await client.getMe()).username).toBe('username')
    }
    expect(server.violations).toEqual([])
  })
  it("fails with the handshake's error when the server has another key", async () => {
    const client = makeClient({ serverKeys: [rsaPublicKeyToPem(generateRsaPrivateKey())], connectionRetries: 2 }, '')
    client.session.setDC(2, '127.0.0.1', server.port)
    await expect(client.connect()).rejects.toMatchObject({ name: 'RemoteError', failure: 'handshake' })
    expect(client.connected).toBe(false)
  })
  it('fails when nobody listens there, after its attempts', async () => {
    const closed = await startServer({ port: 0 })
    const session = closed.login({ username: 'username' })
    await closed.close()
    const client = makeClient({ connectionRetries: 2 }, session)
    await expect(client.connect()).rejects.toMatchObject({ name: 'TransportError', failure: 'connect' })
  })
  it('can be aborted, and gives up after its time', async () => {
    const closed = await startServer({ port: 0 })
    const session = closed.login({ username: 'username' })
    await closed.close()
    await expect(makeClient({}, session).connect({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      failure: 'aborted',
    })
    const platform = new ManualPlatform()
    let [dials, failures] = [0, 0]
    const dial: Dial = (...where) => {
      dials++
      return dialTcp(...where).finally(() => failures++)
    }
    const givenUp = expect(makeClient({ timeout: 10, platform, dial }, session).connect()).rejects.toMatchObject({
      failure: 'timeout',
      message: expect.stringMatching(/last connection failed/),
    })
    await until(() => {
      platform.advance(1)
      return dials > 0
    })
    await until(() => failures > 0)
    platform.advance(10_000)
    await givenUp
  })
})

describe('a key that the server has forgotten', () => {
  it('P4: is checked before it is given up; calls are rejected, the session is emptied, the owner told', async () => {
    const own = await startServer({ port: 0 })
    try {
      const client = new TelegramClient(new StringSession(own.login({ username: 'username' })), 1, 'hash', {
        serverKeys: [own.publicKey],
      })
      const told: string[] = []
      client.onLoggedOut = (error) => void told.push(error.message)
      await client.connect()
      own.forgetKeys()
      await expect(client.getMe()).rejects.toMatchObject({
        failure: 'session',
        message: expect.stringContaining('log in again'),
      })
      expect(told).toHaveLength(1)
      expect(client.session.save()).toBe('')
      await expect(client.getMe()).rejects.toMatchObject({ failure: 'state' })
      await client.disconnect()
    } finally {
      await own.close()
    }
  })
  it('T5: without temporary keys is kept, since nobody has signed the -404', async () => {
    const own = await startServer({ port: 0 })
    try {
      const client = new TelegramClient(new StringSession(own.login({ username: 'username' })), 1, 'hash', {
        serverKeys: [own.publicKey],
        pfs: false,
        connectionRetries: 3,
      })
      const saved = client.session.save()
      own.forgetKeys()
      await expect(client.connect()).rejects.toMatchObject({ failure: 'transport-error', transportCode: -404 })
      expect(client.session.save()).toBe(saved)
    } finally {
      await own.close()
    }
  })
})

describe('options', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['no apiId', () => new TelegramClient(new StringSession(''), 0, 'hash', {}), /apiId must be/],
    ['no session', () => new TelegramClient('', 1, 'hash', {}), /session: expected/],
    [
      'another class as transport',
      () => makeClient({ connection: class {} as never }),
      /connection: expected a transport/,
    ],
    ['a damaged server key', () => makeClient({ serverKeys: ['x'] }), /PEM/i],
    ['a timeout of text', () => makeClient({ timeout: '10' as never }), /timeout: expected a positive number/],
    ['a proxy without a port', () => makeClient({ proxy: { ip: '127.0.0.1', socksType: 5 } as never }), /proxy\.port/],
    [
      'a damaged proxy secret',
      () => makeClient({ proxy: { ip: '127.0.0.1', port: 1, secret: 'zz', MTProxy: true } }),
      /secret/,
    ],
  ])('that are wrong are refused by name: %s', (_name, make, message) => {
    expect(make).toThrow(message)
  })
})
