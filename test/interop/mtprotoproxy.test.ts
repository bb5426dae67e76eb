import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toHex } from '../../src/bytes/hex.js'
import { listen, type Listener } from '../../src/net/listen.node.js'
import { dialTcp } from '../../src/net/tcp.node.js'
import { systemPlatform } from '../../src/platform/system.js'
import { detectTransport, type Detection } from '../../src/transport/detect.js'
import { mtproxy, mtproxyDial } from '../../src/transport/mtproxy.js'
import { parseMtproxySecret } from '../../src/transport/mtproxy-secret.js'
import { never, Recorder } from '../unit/net/recorder.js'
import { drain, encryptedPacket } from '../unit/transport/frames.js'

const run = promisify(execFile)
const KEY = '00112233445566778899aabbccddeeff'
const DOMAIN = 'www.example.org'
const venv = join(fileURLToPath(new URL('../..', import.meta.url)), '.cache', 'mtprotoproxy')
const bin = join(venv, 'bin')
const python = join(bin, 'python')

/** Installs the proxy once, beside the project. @returns why it cannot be had, or `undefined`. */
async function install(): Promise<string | undefined> {
  try {
    if (!existsSync(python)) await run('python3', ['-m', 'venv', venv])
    if (!existsSync(join(bin, 'mtprotoproxy.py'))) await run(python, ['-m', 'pip', 'install', '--quiet', 'mtprotoproxy==1.0.6'])
    return undefined
  } catch (error) {
    return (error as Error).message.split('\n')[0]
  }
}

const missing = await install()
if (missing !== undefined) console.log(`mtprotoproxy is left out: ${missing}`)

const CASES = [
  { secret: KEY, transport: 'abridged' },
  { secret: KEY, transport: 'intermediate' },
  { secret: KEY, transport: 'padded' },
  { secret: `dd${KEY}`, transport: 'padded' },
  { secret: `ee${KEY}${Buffer.from(DOMAIN).toString('hex')}`, transport: 'padded' },
] as const

describe.skipIf(missing !== undefined)('mtprotoproxy (from PyPI) between a client and a server', () => {
  let listener: Listener
  let proxy: ChildProcess
  let port: number
  let detections: (Detection | undefined)[] = []

  beforeAll(async () => {
    listener = await listen({ accepts: 'tcp' }, (link) => {
      const codec = detectTransport(systemPlatform.random)
      return {
        data(chunk) {
          codec.receive(chunk)
          for (const frame of drain(codec)) {
            detections.push(codec.detection)
            if (frame.kind === 'payload') link.send(codec.encode(frame.payload))
          }
        },
        close: () => undefined,
      }
    })
    const script = fileURLToPath(new URL('run_mtprotoproxy.py', import.meta.url))
    proxy = spawn(python, [script, bin, String(listener.port), KEY, DOMAIN], { stdio: ['ignore', 'pipe', 'pipe'] })
    let errors = ''
    proxy.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    port = await new Promise<number>((resolve, reject) => {
      proxy.stdout!.on('data', (chunk: Buffer) => {
        const line = /^\d+$/m.exec(chunk.toString())
        if (line !== null) resolve(Number(line[0]))
      })
      proxy.once('close', (code) => reject(new Error(`mtprotoproxy ended with ${code}: ${errors}`)))
    })
  })
  afterAll(async () => {
    proxy?.kill()
    await listener?.close()
  })

  it.each(CASES)('carries $transport under the secret $secret', async ({ secret: text, transport }) => {
    detections = []
    const secret = parseMtproxySecret(text)
    const recorder = new Recorder()
    const dial = mtproxyDial({ host: '127.0.0.1', port, secret }, dialTcp, systemPlatform)
    const link = await dial({ host: '149.154.167.50', port: 443 }, recorder, never)
    const codec = mtproxy(secret, systemPlatform.random, { dc: 2, transport })
    link.send(codec.opening())
    const packets = [encryptedPacket(1), encryptedPacket(20_000), encryptedPacket(30)]
    for (const packet of packets) link.send(codec.encode(packet))
    const received: Uint8Array[] = []
    for (let seen = 0; received.length < packets.length; ) {
      await recorder.until(() => recorder.pieces.length > seen || recorder.closes.length > 0)
      expect(recorder.closes).toEqual([])
      for (; seen < recorder.pieces.length; seen++) codec.receive(recorder.pieces[seen]!)
      for (const frame of drain(codec)) if (frame.kind === 'payload') received.push(frame.payload)
    }
    expect(received.map(toHex)).toEqual(packets.map(toHex))
    expect(detections.map((detection) => detection?.name)).toEqual([transport, transport, transport])
    link.close()
  })

  it('is not mistaken for the proxy of another secret', async () => {
    const secret = parseMtproxySecret(`ee${'ff'.repeat(16)}${Buffer.from(DOMAIN).toString('hex')}`)
    const dial = mtproxyDial({ host: '127.0.0.1', port, secret }, dialTcp, systemPlatform)
    const soon = AbortSignal.timeout(1000) // it does not answer strangers at all
    await expect(dial({ host: 'any', port: 1 }, new Recorder(), soon)).rejects.toMatchObject({
      failure: expect.stringMatching(/^(?:aborted|proxy)$/),
    })
  })
})
