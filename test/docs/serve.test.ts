import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveFolder, type FolderServer } from '../../codegen/docs/serve.js'

describe('the server of finished pages', () => {
  const outside = mkdtempSync(join(tmpdir(), 'rawgram-serve-'))
  const folder = join(outside, 'site')
  let server: FolderServer

  beforeAll(async () => {
    mkdirSync(join(folder, 'type'), { recursive: true })
    writeFileSync(join(outside, 'secret.txt'), 'not for the network')
    writeFileSync(join(folder, 'index.html'), '<p>front</p>')
    writeFileSync(join(folder, 'type/Peer.html'), '<p>Peer</p>')
    server = await serveFolder(folder, 0)
  })

  afterAll(async () => {
    await server.close()
    rmSync(outside, { recursive: true })
  })

  /** A path exactly as given: `fetch` would tidy it up first. */
  function get(path: string, method = 'GET'): Promise<{ status: number | undefined; body: string }> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.url)
      const sent = request({ hostname, port, path, method }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }))
      })
      sent.on('error', reject)
      sent.end()
    })
  }

  it('listens on this machine alone', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  })

  it('gives pages, and the front page for the root', async () => {
    expect(await get('/')).toEqual({ status: 200, body: '<p>front</p>' })
    expect(await get('/type/Peer.html?x=1')).toEqual({ status: 200, body: '<p>Peer</p>' })
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/type/..%2f..%2fsecret.txt',
    '//secret.txt',
    '/%00',
    '/%zz',
    '/type',
    '/type/Peer.html/more',
    `/${'a'.repeat(300)}.html`,
  ])('gives nothing outside its folder: %s', async (path) => {
    const { status, body } = await get(path)
    expect(status).toBe(404)
    expect(body).not.toContain('not for the network')
  })

  it('answers GET and HEAD only', async () => {
    expect((await get('/', 'POST')).status).toBe(405)
    expect(await get('/', 'HEAD')).toEqual({ status: 200, body: '' })
  })

  it('forbids the pages to load anything from elsewhere', async () => {
    const response = await fetch(server.url)
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })
})
