/**
 * Both builds for browsers in a real browser: they exchange keys with the embedded server over the browser's own WebSocket,
 * log in, and get the same answer as on Node.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TelegramServer } from '../../src/server/start-server.js'
import { findChromium, launchChromium } from './chromium.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

let telegram: TelegramServer
let site: Server
let chromium: Browser

const BUILDS: Readonly<Record<string, readonly string[]>> = { browser: [], compact: ['compact'] }

/** The page's program, bundled as a user's bundler would: from the built package, under the browser condition and these. */
async function bundle(conditions: readonly string[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'test/browser/page-program.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    conditions: [...conditions],
    target: 'es2022',
    tsconfigRaw: '{}',
    logLevel: 'silent',
  })
  return outputFiles[0]!.text
}

beforeAll(async () => {
  telegram = await startServer({ port: 0, strict: true })
  const settings = JSON.stringify({
    host: telegram.host,
    port: telegram.port,
    publicKey: telegram.publicKey,
    phoneNumber: '+9996620001',
    phoneCode: '12345',
  })
  const programs = new Map<string, string>()
  for (const [name, conditions] of Object.entries(BUILDS)) programs.set(`/${name}.js`, await bundle(conditions))
  const page = (name: string) => `<!doctype html><meta charset="utf-8"><title>rawgram</title><script>settings = ${settings}</script><body><script src="/${name}.js"></script>`
  site = createServer(({ url = '/' }, response) => {
    const program = programs.get(url)
    response.setHeader('content-type', `text/${program === undefined ? 'html' : 'javascript'}; charset=utf-8`)
    response.end(program ?? page(url.slice(1)))
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  chromium = await launchChromium()
})

afterAll(async () => {
  await chromium?.close()
  site?.close()
  await telegram?.close()
})

const found = findChromium()
if ('reason' in found) console.log(`the browser build is not tried in Chromium: ${found.reason}`)

describe.skipIf('reason' in found).each(Object.keys(BUILDS))('the %s build in Chromium', (name) => {
  it('exchanges keys over WebSocket, logs in, and shows the answer of the reference example', async () => {
    const page = await chromium.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/${name}`)
    const text = await page.locator('#outcome').textContent({ timeout: 120_000 })
    expect(errors).toEqual([])
    const outcome = JSON.parse(text ?? '{}') as { keyLength: number; handshakeMs: number; result: { className: string; count: number; invites: { link: string; revoked: boolean }[] } }
    expect(outcome).toMatchObject({ keyLength: 256, result: { className: 'messages.ExportedChatInvites', count: 4 } })
    expect(outcome.result.invites.every(({ revoked, link }) => revoked && link.startsWith('https://t.me/+revoked'))).toBe(true)
    expect(telegram.violations).toEqual([])
    console.log(`key exchange in Chromium: ${outcome.handshakeMs.toFixed(0)} ms`)
  })
})
