import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { listen, type Listener } from '../../../src/net/listen.node.js'
import { dialSocks as dialInBrowser } from '../../../src/net/socks.browser.js'
import { dialSocks } from '../../../src/net/socks.node.js'
import { EchoServer, never, Recorder } from './recorder.js'

/** The least SOCKS5 server that RFC 1928 and RFC 1929 allow: CONNECT to IPv4 addresses and names, one user. */
class Socks5Server {
  readonly sockets = new Set<Socket>()
  readonly requests: string[] = []
  answer = 0
  user: { name: string; password: string } | undefined
  readonly #server: Server = createServer((socket) => {
    this.sockets.add(socket)
    socket.on('error', () => undefined)
    void this.#serve(socket)
  })

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return (this.#server.address() as AddressInfo).port
  }
  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(socket: Socket): Promise<void> {
    const read = (): Promise<Buffer> => new Promise((resolve) => socket.once('data', resolve))
    const [version, , ...methods] = await read()
    expect(version).toBe(5)
    const method = this.user === undefined ? 0 : 2
    if (!methods.includes(method)) return void socket.end(Uint8Array.of(5, 0xff))
    socket.write(Uint8Array.of(5, method))
    if (this.user !== undefined) {
      const login = await read()
      const name = login.subarray(2, 2 + login[1]!).toString()
      const password = login.subarray(3 + login[1]!).toString()
      if (name !== this.user.name || password !== this.user.password) return void socket.end(Uint8Array.of(1, 1))
      socket.write(Uint8Array.of(1, 0))
    }
    const request = await read()
    const host = request[3] === 1 ? request.subarray(4, 8).join('.') : request.subarray(5, 5 + request[4]!).toString()
    const port = request.readUInt16BE(request.length - 2)
    this.requests.push(`${request[1]} ${host} ${port}`)
    const reply = Uint8Array.of(5, this.answer, 0, 1, 0, 0, 0, 0, 0, 0)
    if (this.answer !== 0) return void socket.end(reply)
    const onward = connect(port, host === 'echo.test' ? '127.0.0.1' : host, () => {
      socket.write(reply)
      socket.pipe(onward).pipe(socket)
    })
    this.sockets.add(onward)
    onward.on('error', () => socket.destroy())
  }
}

let proxy: Socks5Server
let ip: { ip: string; port: number; socksType: 5 }
let listener: Listener
let echo: EchoServer

beforeEach(async () => {
  proxy = new Socks5Server()
  ip = { ip: '127.0.0.1', port: await proxy.start(), socksType: 5 }
  echo = new EchoServer()
  listener = await listen({ accepts: 'tcp' }, echo.accept)
})
afterEach(async () => {
  await listener.close()
  await proxy.stop()
})

async function roundTrip(host: string, options: object = {}): Promise<void> {
  const recorder = new Recorder()
  const link = await dialSocks({ ...ip, ...options })({ host, port: listener.port }, recorder, never)
  const bytes = new Uint8Array(200_000).fill(7)
  link.send(bytes)
  await recorder.until(() => recorder.length === bytes.length)
  link.close()
  await echo.recorders[0]!.until(() => echo.recorders[0]!.closes.length > 0)
}

describe('SOCKS5', () => {
  it('connects by address, and the bytes flow both ways', async () => {
    await roundTrip('127.0.0.1')
    expect(proxy.requests).toEqual([`1 127.0.0.1 ${listener.port}`])
  })
  it('leaves the resolving of names to the proxy', async () => {
    await roundTrip('echo.test')
    expect(proxy.requests).toEqual([`1 echo.test ${listener.port}`])
  })
  it('logs in with user name and password', async () => {
    proxy.user = { name: 'user', password: 'pass word' }
    await roundTrip('127.0.0.1', { username: 'user', password: 'pass word' })
    expect(proxy.requests).toHaveLength(1)
  })
  it('names the proxy when it refuses, and never the password', async () => {
    proxy.user = { name: 'user', password: 'right' }
    const dial = dialSocks({ ...ip, username: 'user', password: 'secret-word' })
    const error: unknown = await dial({ host: '127.0.0.1', port: listener.port }, new Recorder(), never).catch((e: unknown) => e)
    expect(error).toMatchObject({ name: 'TransportError', failure: 'proxy', message: expect.stringContaining(`${ip.ip}:${ip.port}`) })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret-word')
  })
  it('says that the proxy could not reach the server', async () => {
    proxy.answer = 5
    await expect(dialSocks(ip)({ host: '127.0.0.1', port: 1 }, new Recorder(), never)).rejects.toMatchObject({ failure: 'proxy' })
  })
  it('says that the proxy itself could not be reached', async () => {
    await proxy.stop()
    await expect(dialSocks(ip)({ host: '127.0.0.1', port: 1 }, new Recorder(), never)).rejects.toMatchObject({
      failure: 'connect',
      message: expect.stringContaining(`${ip.ip}:${ip.port}`),
    })
    await proxy.start()
  })
  it('gives up when the signal fires in the middle of the conversation', async () => {
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const controller = new AbortController()
    const { port } = silent.address() as AddressInfo
    const accepted = new Promise<Socket>((resolve) => silent.once('connection', resolve))
    const dialling = dialSocks({ ...ip, port })({ host: '127.0.0.1', port: 1 }, new Recorder(), controller.signal)
    const socket = await accepted
    await new Promise((resolve) => socket.once('data', resolve))
    controller.abort()
    await expect(dialling).rejects.toMatchObject({ name: 'LocalError', failure: 'aborted' })
    socket.destroy()
    await new Promise((resolve) => silent.close(resolve))
    await expect(dialSocks(ip)({ host: '127.0.0.1', port: 1 }, new Recorder(), AbortSignal.abort())).rejects.toMatchObject({
      failure: 'aborted',
    })
  })
  it.each([
    [{ ip: '' }, 'proxy.ip'],
    [{ port: 0 }, 'proxy.port'],
    [{ socksType: 6 }, 'proxy.socksType'],
    [{ username: 5 }, 'proxy.username'],
    [{ password: {} }, 'proxy.password'],
  ])('refuses the options %j', (wrong, path) => {
    const options = { ...ip, ...wrong } as Parameters<typeof dialSocks>[0]
    expect(() => dialSocks(options)).toThrow(expect.objectContaining({ name: 'LocalError', failure: 'argument', path }))
  })
  it('says which package is missing', async () => {
    vi.doMock('socks', () => {
      throw new Error('Cannot find package')
    })
    await expect(dialSocks(ip)({ host: '127.0.0.1', port: 1 }, new Recorder(), never)).rejects.toMatchObject({
      name: 'LocalError',
      message: expect.stringContaining('npm install socks'),
    })
    vi.doUnmock('socks')
  })
  it('says that a browser has none', () => {
    expect(() => dialInBrowser(ip)).toThrow(expect.objectContaining({ name: 'LocalError', failure: 'state' }))
  })
})
