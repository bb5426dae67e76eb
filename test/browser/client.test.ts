/**
 * The browser build in a real browser: it exchanges keys with the embedded server over the browser's own WebSocket, logs
 * in, and gets the same answer as on Node.
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

/** The page's program, bundled as a user's bundler would: from the built package, under the browser condition. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'test/browser/page-program.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
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
  const program = await bundle()
  const page = `<!doctype html><meta charset="utf-8"><title>rawgram</title><script>settings = ${settings}</script><script src="/program.js"></script>`
  site = createServer(({ url }, response) => {
    const isProgram = url === '/program.js'
    response.setHeader('content-type', isProgram ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8')
    response.end(isProgram ? program : page.replace('<script src', '<body><script src'))
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  chromium = await launchChromium()
}, 300_000)

afterAll(async () => {
  await chromium?.close()
  site?.close()
  await telegram?.close()
})

const found = findChromium()
if ('reason' in found) console.log(`the browser build is not tried in Chromium: ${found.reason}`)

describe.skipIf('reason' in found)('the browser build in Chromium', () => {
  it('exchanges keys over WebSocket, logs in, and shows the answer of the reference example', async () => {
    const page = await chromium.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
    const text = await page.locator('#outcome').textContent({ timeout: 30_000 })
    expect(errors).toEqual([])
    const outcome = JSON.parse(text ?? '{}') as { keyLength: number; handshakeMs: number; result: { className: string; count: number; invites: { link: string; revoked: boolean }[] } }
    expect(outcome).toMatchObject({ keyLength: 256, result: { className: 'messages.ExportedChatInvites', count: 4 } })
    expect(outcome.result.invites.every(({ revoked, link }) => revoked && link.startsWith('https://t.me/+revoked'))).toBe(true)
    expect(telegram.violations).toEqual([])
    console.log(`key exchange in Chromium: ${outcome.handshakeMs.toFixed(0)} ms`)
  }, 60_000)
})
