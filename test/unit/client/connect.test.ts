import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import * as kinds from '../../../src/client/connection-kinds.js'
import { TelegramClient } from '../../../src/client/telegram-client.js'
import { generateRsaPrivateKey } from '../../../src/crypto/rsa-private.node.js'
import { toHex } from '../../../src/bytes/hex.js'
import { rsaPublicKeyToPem } from '../../../src/crypto/rsa.js'
import { dialTcp } from '../../../src/net/tcp.node.js'
import type { Dial } from '../../../src/net/link.js'
import { ManualPlatform } from '../../../src/platform/manual.js'
import { startServer } from '../../../src/server/start-server.js'
import { StringSession } from '../../../src/session/string-session.js'
import { until } from '../../support/until.js'
import { invites, makeClient, serveStrictly, server } from './strict-server.js'

serveStrictly()

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
