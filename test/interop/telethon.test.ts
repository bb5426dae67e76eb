import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ASKED, LINK, interopServer, type InteropServer } from './interop-server.js'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const venv = join(root, '.cache', 'telethon')
const python = join(venv, 'bin', 'python')
const TRANSPORTS = [
  'full',
  'abridged',
  'intermediate',
  'obfuscated',
  'MTProxy abridged',
  'MTProxy intermediate',
  'MTProxy randomized intermediate',
]

/** Installs Telethon once, beside the project. @returns why it cannot be had, or `undefined`. */
async function install(): Promise<string | undefined> {
  try {
    if (!existsSync(python)) await run('python3', ['-m', 'venv', venv])
    const present = run(python, ['-c', 'import telethon'])
    await present.catch(() => run(python, ['-m', 'pip', 'install', '--quiet', 'telethon']))
    return undefined
  } catch (error) {
    return (error as Error).message.split('\n')[0]
  }
}

interface Answers {
  readonly layer: number
  /** By transport: what came back, or why nothing did. */
  readonly answers: Record<string, object>
}

/** Telethon and this process talk to each other meanwhile, so it must not be waited for synchronously. */
function askByTelethon(facts: object): Promise<Answers> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL('ask_by_telethon.py', import.meta.url))
    const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'pipe'] })
    let [output, errors] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as Answers)
      else reject(new Error(`ask_by_telethon.py ended with ${code}: ${errors}`))
    })
    child.stdin.end(JSON.stringify(facts))
  })
}

const missing = await install()
if (missing !== undefined) console.log(`Telethon is left out: ${missing}`)

describe.skipIf(missing !== undefined)('Telethon (from PyPI) against the embedded server', () => {
  let interop: InteropServer
  let result: Answers
  beforeAll(async () => {
    interop = await interopServer()
    const { port, publicKey, proxies } = interop.server
    result = await askByTelethon({ port, publicKey, proxies })
  })
  afterAll(() => interop?.server.close())

  it.each(TRANSPORTS)('%s: exchanges keys and gets the answer to messages.getExportedChatInvites', (transport) => {
    expect(result.answers[transport]).toEqual({ count: 1, link: LINK, title: 'Żółć', user: 'admin' })
  })

  it('asks what the test meant, in its own layer', () => {
    const last = interop.asked.at(-1)!
    expect(last.layer).toBe(result.layer)
    expect(last.request).toMatchObject(ASKED)
  })
})
