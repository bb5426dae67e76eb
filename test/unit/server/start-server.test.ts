import { execFileSync } from 'node:child_process'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { serve } from '../../../src/cli/serve.js'
import { parseRsaPublicKey } from '../../../src/crypto/rsa.js'
import { generateRsaPrivateKey } from '../../../src/crypto/rsa-private.node.js'
import { LocalError, TransportError } from '../../../src/errors/errors.js'
import { ManualPlatform } from '../../../src/platform/manual.js'
import { scheduleMessage } from '../../../src/server/world/scheduled-messages.js'
import { startServer } from '../../../src/server/start-server.js'
import { decodeSessionString } from '../../../src/session/string-format.js'
import { bundled } from '../../support/bundled.js'
import { until } from '../../support/until.js'

/** Whether something takes TCP connections there. */
const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

describe('startServer', () => {
  it('listens on loopback for TCP and WebSocket, and closes', async () => {
    const server = await startServer({ port: 0 })
    const { host, port, wsUrl } = server
    expect(host).toBe('127.0.0.1')
    expect(wsUrl).toBe(`ws://127.0.0.1:${port}/apiws`)
    expect(await answers(port)).toBe(true)
    const socket = new WebSocket(wsUrl, 'binary')
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await server.close()
    await closed
    expect(await answers(port)).toBe(false)
    await server.close()
  })

  it('opens once, and again on its port with all that it knows after it was closed', async () => {
    const server = await startServer()
    const { port } = server
    server.login({ username: 'somebody_new' })
    await Promise.all([server.open(), server.open()])
    expect(await answers(port)).toBe(true)
    await Promise.all([server.close(), server.open(), server.close()])
    expect(await answers(port)).toBe(false)
    await server.open()
    expect(server.port).toBe(port)
    expect(await answers(port)).toBe(true)
    expect(server.world.byUsername('somebody_new')).toBeDefined()
    await server.close()
  })

  it('sends nothing while it is closed, and what has become due then when it opens again', async () => {
    const platform = new ManualPlatform()
    const server = await startServer({ platform })
    const { world } = server
    const user = server.user('username')
    scheduleMessage(world, { from: user, to: user, text: 'later' }, world.now() + 60)
    expect(platform.pendingTimers).toBe(1)
    await server.close()
    expect(platform.pendingTimers).toBe(0)
    platform.advance(120_000)
    await server.open()
    platform.advance(0)
    expect(user.box.written(1)).toMatchObject({ message: 'later', date: world.now() })
    await server.close()
  })

  it('is closed by `await using`', async () => {
    let port: number
    {
      await using server = await startServer()
      port = server.port
      expect(server.listening).toBe(true)
    }
    expect(await answers(port)).toBe(false)
  })

  it('says so when the port is taken, and leaves nothing listening', async () => {
    await using server = await startServer()
    const { port } = server
    const both = startServer({ dataCentres: [{ id: 2 }, { id: 4, port }] })
    await expect(both).rejects.toThrow(TransportError)
  })

  it('gives each data centre a port, and names them all in its config', async () => {
    await using server = await startServer({ dataCentres: [{ id: 2 }, { id: 4 }, { id: 203, cdn: true }] })
    const ports = server.centres.map(({ dc }) => dc.port)
    expect(new Set(ports).size).toBe(3)
    expect(await Promise.all(ports.map(answers))).toEqual([true, true, true])
  })

  it('logs in: the string holds a data centre, the address, the port and a key of 256 bytes', async () => {
    await using server = await startServer()
    const first = decodeSessionString(server.login({ username: 'username' }))
    expect(first).toMatchObject({ dcId: 2, serverAddress: '127.0.0.1', port: server.port })
    expect(first.authKey).toHaveLength(256)
    const second = decodeSessionString(server.login({ username: 'username' }))
    expect(second.authKey).not.toEqual(first.authKey)
    const before = server.world.users.size
    server.login({ username: 'somebody_new' })
    expect(server.world.users.size).toBe(before + 1)
  })

  it('proves itself with the fixed development key, a new one, or one that it is given', async () => {
    const publicKeyOf = async (rsaKey?: string): Promise<string> => {
      await using server = await startServer(rsaKey === undefined ? {} : { rsaKey })
      expect(server.publicKey).toMatch(/^-----BEGIN RSA PUBLIC KEY-----\n/)
      return server.publicKey
    }
    const fixed = await publicKeyOf()
    expect(await publicKeyOf()).toBe(fixed)
    expect(await publicKeyOf('generate')).not.toBe(fixed)
    const own = generateRsaPrivateKey()
    expect(parseRsaPublicKey(await publicKeyOf(own.toPem())).n).toBe(own.n)
    await expect(startServer({ rsaKey: 'no key' })).rejects.toThrow(LocalError)
    await expect(startServer({ rsaKey: generateRsaPrivateKey(1024).toPem() })).rejects.toThrow('1024 bits')
  })

  it('the fixed key has a fingerprint that all clients find: it begins with no zero', async () => {
    await using server = await startServer()
    expect(parseRsaPublicKey(server.publicKey).fingerprint.toString(16)).toHaveLength(16)
  })

  it('leaves no handle: a program that closes its server ends by itself', async () => {
    using program = await bundled(`
      import { startServer } from './src/server/start-server.ts'
      import { connect } from 'node:net'
      const server = await startServer({ proxies: [{ secret: '${'00'.repeat(16)}' }] })
      await new Promise((resolve) => connect(server.port, '127.0.0.1', resolve))
      await new Promise((resolve) => connect(server.proxies[0].port, '127.0.0.1', resolve))
      await server.close()
      console.log('closed')`)
    const output = execFileSync(process.execPath, [program.path], { encoding: 'utf8', timeout: 120_000 })
    expect(output.trim()).toBe('closed')
  })
})

describe('rawgram serve', () => {
  const run = async (json: boolean): Promise<string[]> => {
    const lines: string[] = []
    let stop!: () => void
    const interrupted = new Promise<void>((resolve) => (stop = resolve))
    const running = serve({ json }, { print: (line) => lines.push(line), untilInterrupted: () => interrupted })
    await until(() => lines.length > 0)
    const port = /"port":(\d+)|port +(\d+)/.exec(lines.join('\n'))!.slice(1).find(Boolean)
    expect(await answers(Number(port))).toBe(true)
    stop()
    await running
    expect(await answers(Number(port))).toBe(false)
    return lines
  }

  it('prints one line of JSON with all that a client needs', async () => {
    const [line, ...more] = await run(true)
    expect(more).toEqual([])
    const facts = JSON.parse(line!) as Record<string, unknown>
    expect(Object.keys(facts)).toEqual(['host', 'port', 'wsUrl', 'publicKey', 'session'])
    expect(decodeSessionString(facts['session'] as string).port).toBe(facts['port'])
    expect(parseRsaPublicKey(facts['publicKey'] as string).e).toBe(65_537n)
  })

  it('prints the same for people', async () => {
    const text = (await run(false)).join('\n')
    expect(text).toMatch(/^host +127\.0\.0\.1\nport +\d+\nwsUrl +ws:/)
    expect(text).toContain('-----BEGIN RSA PUBLIC KEY-----')
  })
})

describe('options that cannot be meant', () => {
  it.each([
    ['port: expected a number from 0 to 65535, got 70000', { port: 70_000 }],
    ["strikt: there is no 'strikt'; expected one of host, port", { strikt: true } as never],
    ["; did you mean 'strict'?", { strikt: true } as never],
    ['the options of a server: expected an object, got null', null as never],
    ["unhandled: expected 'refuse' or 'synthesise', got \"synthesize\"", { unhandled: 'synthesize' as never }],
    ["faults.querry: there is no 'querry'", { faults: { querry: () => undefined } as never }],
    ['salts.periodMs: expected milliseconds, more than 0, got 0', { salts: { periodMs: 0, overlapMs: 0 } }],
    ['port: expected a number from 0 to 65535, got "4430"', { port: '4430' as never }],
    ['dataCentres[0].id: expected a number from 1 to 999, got 0', { dataCentres: [{ id: 0 }] }],
    ['dataCentres[1].id: expected a number from 1 to 999, got 1000', { dataCentres: [{ id: 2 }, { id: 1000 }] }],
    ['dataCentres[1].id: expected a number that no other', { dataCentres: [{ id: 2 }, { id: 2 }] }],
    ['dataCentres[1].port: expected a number from 0', { dataCentres: [{ id: 2 }, { id: 4, port: -1 }] }],
    ['proxies[0].port: expected a number from 0', { proxies: [{ secret: '00'.repeat(16), port: 1.5 }] }],
  ])('are refused by name: %s', async (message, options) => {
    await expect(startServer(options)).rejects.toThrow(message)
    await expect(startServer(options)).rejects.toBeInstanceOf(LocalError)
  })
})
