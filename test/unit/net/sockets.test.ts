import { connect, createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { markDisposable } from '../../../src/bytes/disposable.js'
import { toHex } from '../../../src/bytes/hex.js'
import { HIGH_WATER } from '../../../src/net/limits.js'
import type { Dial } from '../../../src/net/link.js'
import { listen, type Listener, type ListenOptions } from '../../../src/net/listen.node.js'
import * as tcpInBrowsers from '../../../src/net/tcp.browser.js'
import { dialTcp } from '../../../src/net/tcp.node.js'
import * as webSocketInBrowsers from '../../../src/net/websocket.browser.js'
import { dialWebSocket } from '../../../src/net/websocket.node.js'
import { seededRandom } from '../../../src/platform/manual.js'
import { randomBytes } from '../../../src/platform/random.js'
import { EchoServer, never, Recorder } from './recorder.js'

let listener: Listener | undefined
let echo = new EchoServer()

async function start(options: ListenOptions = {}): Promise<Listener> {
  echo = new EchoServer()
  return (listener = await listen(options, echo.accept))
}

afterEach(async () => {
  await listener?.close()
  listener = undefined
  Reflect.deleteProperty(globalThis, 'WebSocket')
})

/** The sockets and servers that keep this process alive. */
function handles(): string[] {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP'))
}

const payload = randomBytes(seededRandom(5), 300_000)

const DIALS: readonly { name: string; dial: Dial; browser?: true }[] = [
  { name: 'TCP', dial: dialTcp },
  { name: 'WebSocket in Node', dial: dialWebSocket },
  { name: 'WebSocket of the platform', dial: webSocketInBrowsers.dialWebSocket, browser: true },
]

describe.each(DIALS)('$name', ({ dial, browser }) => {
  const prepare = async (): Promise<Listener> => {
    if (browser) Object.assign(globalThis, { WebSocket })
    return await start()
  }

  it('carries bytes both ways and closes without a sound on its own side', async () => {
    const { port, close } = await prepare()
    const recorder = new Recorder()
    const link = await dial({ host: '127.0.0.1', port }, recorder, never)
    for (let i = 0; i < payload.length; i += 10_000) link.send(payload.subarray(i, i + 10_000))
    await recorder.until(() => recorder.length === payload.length)
    expect(toHex(recorder.bytes) === toHex(payload)).toBe(true)
    expect(recorder.pieces.every((piece) => piece.constructor === Uint8Array)).toBe(true)
    link.close()
    link.close()
    expect(link.send(Uint8Array.of(1))).toBe(true)
    const [far] = echo.recorders
    await far!.until(() => far!.closes.length > 0)
    expect([far!.closes, recorder.closes]).toEqual([[undefined], []])
    await close()
    listener = undefined
    await expect.poll(handles).toEqual([])
  })

  it('tells its owner once when the other side closes, and what was sent before still arrives', async () => {
    const { port } = await prepare()
    const recorder = new Recorder()
    const link = await dial({ host: '127.0.0.1', port }, recorder, never)
    link.send(Uint8Array.of(1))
    await expect.poll(() => echo.links.length).toBe(1)
    echo.links[0]!.send(payload)
    echo.links[0]!.close()
    await recorder.until(() => recorder.closes.length > 0)
    expect(recorder.closes).toEqual([undefined])
    expect(recorder.length).toBeGreaterThanOrEqual(payload.length)
    link.close()
    expect(recorder.closes).toHaveLength(1)
  })

  it('asks its owner to stop when much waits, and says when to go on', async () => {
    const { port } = await prepare()
    const recorder = new Recorder()
    const link = await dial({ host: '127.0.0.1', port }, recorder, never)
    const block = new Uint8Array(1024 * 1024)
    let sent = 0
    while (link.send(block)) sent += block.length
    sent += block.length
    expect(sent).toBeGreaterThanOrEqual(HIGH_WATER)
    expect(sent).toBeLessThan(64 * HIGH_WATER)
    await recorder.until(() => recorder.drains > 0)
    expect(recorder.drains).toBe(1)
    await recorder.until(() => recorder.length === sent)
    link.close()
  })

  it('rejects with a connect error where nobody listens', async () => {
    const { port } = await prepare()
    await listener!.close()
    await expect(dial({ host: '127.0.0.1', port }, new Recorder(), never)).rejects.toMatchObject({
      name: 'TransportError',
      failure: 'connect',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    })
  })

  it('gives up when the signal fires, before or meanwhile, and leaves no handle', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    if (browser) Object.assign(globalThis, { WebSocket })
    const address = { host: '127.0.0.1', port: (silent.address() as AddressInfo).port }
    await expect(dial(address, new Recorder(), AbortSignal.abort())).rejects.toMatchObject({ failure: 'aborted' })
    const controller = new AbortController()
    const dialling = dial(address, new Recorder(), controller.signal)
    controller.abort()
    await expect(dialling).rejects.toMatchObject({ name: 'LocalError', failure: 'aborted' })
    await new Promise((resolve) => silent.close(resolve))
    await expect.poll(handles).toEqual([])
  })
})

describe('a TCP connection', () => {
  it('disposes of what is marked once it has been sent, and of nothing else', async () => {
    const { port } = await start()
    const recorder = new Recorder()
    const link = await dialTcp({ host: '127.0.0.1', port }, recorder, never)
    const marked = Array.from({ length: 40 }, () => payload.slice())
    marked.forEach(markDisposable)
    const kept = payload.slice()
    for (const bytes of [...marked, kept]) link.send(bytes)
    expect(marked.at(-1), 'still in the queue').toHaveLength(payload.length)
    await recorder.until(() => recorder.length === 41 * payload.length)
    const { bytes } = recorder
    for (let i = 0; i < 41; i++) expect(Buffer.compare(bytes.subarray(i * payload.length, (i + 1) * payload.length), payload)).toBe(0)
    expect(marked.map(({ length }) => length)).toEqual(marked.map(() => 0))
    expect(kept).toHaveLength(payload.length)
    link.close()
  })

  it('reads into memory of its own: what came stays as it is, whatever comes after it', async () => {
    const { port } = await start()
    const recorder = new Recorder()
    const link = await dialTcp({ host: '127.0.0.1', port }, recorder, never)
    for (let n = 0; n < 400; n++) {
      const before = recorder.length
      link.send(new Uint8Array(500).fill(n))
      await recorder.until(() => recorder.length === before + 500)
    }
    const { bytes } = recorder
    for (let n = 0; n < 400; n++) expect(bytes.subarray(500 * n, 500 * n + 500).every((byte) => byte === (n & 255))).toBe(true)
    expect(new Set(recorder.pieces.map(({ buffer }) => buffer)).size, 'blocks').toBeLessThan(10)
    link.close()
  })

  it('breaks with an error when the other side resets it', async () => {
    const reset = createServer((socket) => socket.once('data', () => setTimeout(() => socket.resetAndDestroy(), 20)))
    await new Promise<void>((resolve) => reset.listen(0, '127.0.0.1', resolve))
    const recorder = new Recorder()
    const link = await dialTcp({ host: '127.0.0.1', port: (reset.address() as AddressInfo).port }, recorder, never)
    link.send(Uint8Array.of(1, 2, 3))
    await recorder.until(() => recorder.closes.length > 0)
    expect(recorder.closes[0]).toMatchObject({ name: 'TransportError', failure: 'closed' })
    await new Promise((resolve) => reset.close(resolve))
  })
})

describe('the listener', () => {
  it('tells a raw connection from a WebSocket whatever the pieces, also one that begins with the letter G', async () => {
    const { port } = await start()
    const socket = connect(port, '127.0.0.1')
    for (const byte of Buffer.from('GEn')) {
      socket.write(Uint8Array.of(byte))
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    const answer = await new Promise((resolve) => socket.once('data', resolve))
    expect(String(answer)).toBe('GEn')
    const request = 'GET /apiws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: binary\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
    const slow = connect(port, '127.0.0.1')
    let text = ''
    slow.on('data', (chunk) => (text += chunk.toString('latin1')))
    for (const character of request) {
      slow.write(character)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await expect.poll(() => text).toContain('Sec-WebSocket-Protocol: binary')
    expect(text).toContain('HTTP/1.1 101')
    socket.destroy()
    slow.destroy()
  })
  it.each([
    { what: 'another path', path: '/other', protocols: ['binary'], status: 404 },
    { what: 'no subprotocol', path: '/apiws', protocols: [], status: 400 },
    { what: 'another subprotocol', path: '/apiws', protocols: ['text'], status: 400 },
  ])('refuses a WebSocket with $what', async ({ path, protocols, status }) => {
    const { port } = await start({ accepts: 'websocket' })
    const webSocket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols)
    const error = await new Promise<Error>((resolve) => webSocket.once('error', resolve))
    expect(error.message).toContain(String(status))
    expect(echo.links).toHaveLength(0)
  })
  it('answers plain HTTP with 404', async () => {
    const { port } = await start()
    const response = await fetch(`http://127.0.0.1:${port}/apiws`)
    expect(response.status).toBe(404)
    await response.arrayBuffer()
  })
  it('takes only TCP where it is told so', async () => {
    const { port } = await start({ accepts: 'tcp' })
    const recorder = new Recorder()
    const link = await dialTcp({ host: '127.0.0.1', port }, recorder, never)
    link.send(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
    await recorder.until(() => recorder.length === 18)
    link.close()
  })
  it('rejects when the port is taken', async () => {
    const { port } = await start()
    await expect(listen({ port }, echo.accept)).rejects.toMatchObject({ failure: 'connect' })
  })
  it('breaks every connection when it closes', async () => {
    const { port, close } = await start()
    const [overTcp, overWebSocket] = [new Recorder(), new Recorder()]
    await dialTcp({ host: '127.0.0.1', port }, overTcp, never)
    await dialWebSocket({ host: '127.0.0.1', port }, overWebSocket, never)
    await close()
    await overTcp.until(() => overTcp.closes.length === 1)
    await overWebSocket.until(() => overWebSocket.closes.length === 1)
    expect(overWebSocket.closes.concat(overTcp.closes)).toHaveLength(2)
  })
})

describe('a WebSocket', () => {
  it('is ended when the peer sends text', async () => {
    const { port } = await start()
    const webSocket = new WebSocket(`ws://127.0.0.1:${port}/apiws`, 'binary')
    await new Promise((resolve) => webSocket.once('open', resolve))
    webSocket.send('text')
    await expect.poll(() => echo.recorders[0]?.closes).toMatchObject([{ failure: 'closed' }])
    webSocket.terminate()
  })
  it.each([
    { name: 'in Node', dial: dialWebSocket },
    { name: 'of the platform', dial: webSocketInBrowsers.dialWebSocket },
  ])('$name refuses what is no URL', async ({ dial }) => {
    Object.assign(globalThis, { WebSocket })
    await expect(dial({ host: '', port: 0, url: 'nonsense' }, new Recorder(), never)).rejects.toMatchObject({
      name: 'LocalError',
      failure: 'argument',
    })
  })
})

describe('a browser', () => {
  it('says that it has no TCP', async () => {
    await expect(tcpInBrowsers.dialTcp({ host: 'x', port: 1 }, new Recorder(), never)).rejects.toMatchObject({
      name: 'LocalError',
      failure: 'state',
    })
  })
  it('says so where it has no WebSocket', async () => {
    await expect(webSocketInBrowsers.dialWebSocket({ host: 'x', port: 1 }, new Recorder(), never)).rejects.toMatchObject({
      name: 'LocalError',
      failure: 'state',
    })
  })
})
