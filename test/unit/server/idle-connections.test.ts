import { connect as connectSocket } from 'node:net'
import { describe, expect, it } from 'vitest'
import * as Api from '../../../generated/api/index.js'
import { step1 } from '../../../src/mtproto/handshake/client.js'
import { encodePlain } from '../../../src/mtproto/plain.js'
import type { Link, LinkHandlers } from '../../../src/net/link.js'
import { ManualPlatform } from '../../../src/platform/manual.js'
import { SILENT_MS, STRANGER_MS } from '../../../src/server/limits.js'
import type { IdleLimits } from '../../../src/server/options.js'
import { startServer } from '../../../src/server/start-server.js'
import { abridged } from '../../../src/transport/abridged.js'
import { mtproxy } from '../../../src/transport/mtproxy.js'
import { parseMtproxySecret } from '../../../src/transport/mtproxy-secret.js'
import { dialTcp } from '../../../src/net/tcp.node.js'
import { dialWebSocket } from '../../../src/net/websocket.node.js'
import type { TransportCodec } from '../../../src/transport/codec.js'
import { never, Recorder } from '../net/recorder.js'
import { loggedIn, testServer } from './setup.js'

const idle = { strangerMs: 60_000, silentMs: 300_000 }

interface Peer {
  readonly handlers: LinkHandlers
  ended: boolean
}

function connect(accept: (link: Link) => LinkHandlers): Peer {
  const peer = { ended: false } as { -readonly [Name in keyof Peer]: Peer[Name] }
  peer.handlers = accept({ send: () => true, close: () => void (peer.ended = true) })
  return peer
}

/** What a client sends at first, and the first packet of a key exchange. */
const beginning = (codec: TransportCodec, platform: ManualPlatform): Uint8Array =>
  Buffer.concat([codec.opening(), codec.encode(encodePlain(0n, step1(platform.random).request))])

describe('a connection', () => {
  it('on which nothing valid comes is ended, whatever else does', () => {
    const server = testServer({ idle })
    const peer = connect((link) => server.core.accept(link))
    const bytes = beginning(abridged(), server.platform)
    for (const byte of bytes.subarray(0, -1)) {
      peer.handlers.data(Uint8Array.of(byte))
      server.platform.advance(1000)
      if (peer.ended) break
    }
    server.platform.advance(idle.strangerMs - (bytes.length - 1) * 1000 - 1)
    expect(peer.ended).toBe(false)
    server.platform.advance(1)
    expect([peer.ended, server.core.centre().connections.size, server.platform.pendingTimers]).toEqual([true, 0, 0])
  })
  it('that has begun a key exchange has as long as one that is silent', () => {
    const server = testServer({ idle })
    const peer = connect((link) => server.core.accept(link))
    peer.handlers.data(beginning(abridged(), server.platform))
    server.platform.advance(idle.silentMs - 1)
    expect(peer.ended).toBe(false)
    server.platform.advance(1)
    expect(peer.ended).toBe(true)
  })
  it('stays while packets come, and ends when none has come for long', () => {
    const server = testServer({ idle })
    const client = loggedIn(server)
    for (let minute = 0; minute < 30; minute += 4) {
      client.call(new Api.help.GetNearestDc())
      server.platform.advance(240_000)
      expect(client.closed).toBe(false)
    }
    expect(server.platform.pendingTimers).toBe(1)
    server.platform.advance(60_000)
    expect([client.closed, server.platform.pendingTimers]).toEqual([true, 0])
  })
  it('has a shorter life where silence has the lower limit', () => {
    const server = testServer({ idle: { strangerMs: 60_000, silentMs: 5_000 } })
    const client = loggedIn(server)
    client.call(new Api.help.GetNearestDc())
    server.platform.advance(5_000)
    expect(client.closed).toBe(true)
  })
  it('to an MTProxy is ended where it says nothing, or begins fake TLS and goes no further', () => {
    for (const text of ['dd'.repeat(16), `ee${'11'.repeat(16)}${Buffer.from('a.example').toString('hex')}`]) {
      const server = testServer({ idle })
      const secret = parseMtproxySecret(text)
      const peer = connect((link) => server.core.acceptProxied(link, secret))
      peer.handlers.data(Uint8Array.of(0x16, 0x03, 0x01))
      server.platform.advance(idle.strangerMs - 1)
      expect(peer.ended).toBe(false)
      server.platform.advance(1)
      expect([peer.ended, server.platform.pendingTimers]).toEqual([true, 0])
    }
  })
  it('through an MTProxy is watched once, and forgotten when its peer leaves', () => {
    const server = testServer({ idle })
    const secret = parseMtproxySecret(`dd${'11'.repeat(16)}`)
    const peer = connect((link) => server.core.acceptProxied(link, secret))
    expect(server.platform.pendingTimers).toBe(1)
    peer.handlers.data(beginning(mtproxy(secret, server.platform.random, { dc: 2 }), server.platform))
    expect([server.platform.pendingTimers, server.core.centre().connections.size]).toEqual([1, 1])
    peer.handlers.close()
    expect([server.platform.pendingTimers, server.core.centre().connections.size]).toEqual([0, 0])
    const silent = connect((link) => server.core.acceptProxied(link, secret))
    silent.handlers.close()
    expect(server.platform.pendingTimers).toBe(0)
  })
  it('may live for ever', () => {
    const server = testServer({ idle: { strangerMs: Infinity } })
    const peer = connect((link) => server.core.accept(link))
    server.platform.advance(1e9)
    expect(peer.ended).toBe(false)
    peer.handlers.close()
    expect(server.platform.pendingTimers).toBe(0)
  })
})

describe('a server that listens', () => {
  it('has limits unless others are given, and leaves no timer when it is closed', async () => {
    const platform = new ManualPlatform({ seed: 1 })
    const server = await startServer({ platform })
    const recorder = new Recorder()
    const link = await dialTcp({ host: server.host, port: server.port }, recorder, never)
    link.send(beginning(abridged(), platform))
    await recorder.until(() => recorder.length > 0)
    platform.advance(STRANGER_MS)
    expect(server.centre().connections.size).toBe(1)
    platform.advance(SILENT_MS)
    await recorder.until(() => recorder.closes.length > 0)
    expect(server.centre().connections.size).toBe(0)
    await server.close()
    expect(platform.pendingTimers).toBe(0)
  })
  it.each([
    ['nothing', ''],
    ['half of an HTTP request', 'GET /apiws HTTP/1.1\r\nHost: a\r\n'],
  ])('cuts off who sends %s', async (_, text) => {
    await using server = await startServer({ idle: { strangerMs: 200 } })
    const socket = connectSocket(server.port, server.host)
    socket.write(text)
    const before = performance.now()
    await new Promise((resolve) => socket.once('close', resolve))
    expect(performance.now() - before).toBeGreaterThan(150)
  })
  it('keeps to a limit that is not named, whatever another one is', async () => {
    for (const idle of [{ strangerMs: undefined }, { silentMs: 5 * SILENT_MS }]) {
      const platform = new ManualPlatform()
      await using server = await startServer({ platform, idle: idle as Partial<IdleLimits> })
      const peer = connect((link) => server.accept(link))
      platform.advance(STRANGER_MS - 1)
      expect(peer.ended).toBe(false)
      platform.advance(1)
      expect(peer.ended).toBe(true)
    }
  })
  it('leaves WebSockets alone that are longer in silence than strangers may be', async () => {
    await using server = await startServer({ idle: { strangerMs: 2_000 } })
    const { host, port } = server
    const recorder = new Recorder()
    const link = await dialWebSocket({ host, port }, recorder, never)
    link.send(beginning(abridged(), new ManualPlatform()))
    await recorder.until(() => recorder.length > 0)
    const stranger = new Recorder()
    await dialTcp({ host, port }, stranger, never)
    await stranger.until(() => stranger.closes.length > 0)
    expect(recorder.closes).toEqual([])
    link.close()
  })
  it.each([
    [{ idle: 5 }, 'idle: expected an object, got 5'],
    [{ idle: null }, 'idle: expected an object, got null'],
    [{ idle: { silentMs: 0 } }, 'idle.silentMs: expected milliseconds, more than 0, got 0'],
    [{ idle: { quietMs: 5 } }, 'quietMs'],
  ])('refuses %j', async (options, message) => {
    await expect(startServer(options as never)).rejects.toThrow(message)
  })
})
