import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readTarGz } from '../../../src/cli/schema/tar.js'
import { Workspace } from './helpers.js'

const SMALL = 'a x:int = A;\n// LAYER 9\n'

function locked(work: Workspace): { layer: number | null; source: string; date: string; files: Record<string, string> } {
  return JSON.parse(readFileSync(join(work.folder, 'schema/rawgram.lock.json'), 'utf8')) as never
}

it('without a source it is the schema of the package, errors included', async () => {
  using work = new Workspace()
  const { code, out } = await work.run(['pull'])
  expect(code).toBe(0)
  expect(out).toBe(`layer 228 from rawgram: 2446 definitions
schema/api.tl
schema/errors.json
schema/rawgram.lock.json
`)
  const lock = locked(work)
  expect(lock).toMatchObject({ layer: 228, source: 'rawgram', date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string })
  const text = readFileSync(join(work.folder, 'schema/api.tl'))
  expect(lock.files['api.tl']).toBe(createHash('sha256').update(text).digest('hex'))
})

it('from a file, the lock says which, and the next pull says what was there', async () => {
  using work = new Workspace({ 'mine.tl': SMALL })
  await work.run(['pull'])
  const { out } = await work.run(['pull', '--from', 'mine.tl'])
  expect(out).toContain('layer 9 from mine.tl: 1 definitions\nbefore: layer 228 from rawgram\n')
  expect(locked(work)).toMatchObject({ layer: 9, source: 'mine.tl' })
})

it('from an installed npm package, in the form that the package has', async () => {
  using work = new Workspace({
    'node_modules/some-schema/package.json': '{"name":"some-schema","version":"9.0.1"}',
    'node_modules/some-schema/tl/api-schema.json': JSON.stringify({
      l: 9,
      e: [{ kind: 'class', name: 'inputPeerSelf', id: 0x7da07ec9, type: 'InputPeer', arguments: [] }],
    }),
  })
  expect((await work.run(['pull', '--from', 'npm:some-schema@9', '--out', 'tl'])).out).toContain('layer 9 from some-schema@9.0.1: 1 definitions')
  expect(readFileSync(join(work.folder, 'tl/api.tl'), 'utf8')).toContain('inputPeerSelf#7da07ec9 = InputPeer;\n')
})

it('from an address', async () => {
  using work = new Workspace()
  const server = createServer((request, response) => {
    if (request.url === '/api.tl') response.end(SMALL)
    else response.writeHead(404).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  try {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect((await work.run(['pull', '--from', `${address}/api.tl`])).code).toBe(0)
    expect(locked(work).source).toBe(`${address}/api.tl`)
    const missing = await work.run(['pull', '--from', `${address}/none.tl`])
    expect(missing).toMatchObject({ code: 3, err: `error: ${address}/none.tl could not be fetched: status 404\n` })
  } finally {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
})

it('an unsound schema is not written', async () => {
  using work = new Workspace({ 'mine.tl': 'a x:Foo = A;' })
  const { code, err } = await work.run(['pull', '--from', 'mine.tl'])
  expect(code).toBe(1)
  expect(err).toContain(`unknown type 'Foo'`)
  expect(() => locked(work)).toThrow('ENOENT')
})

it('one source at a time', async () => {
  using work = new Workspace()
  expect((await work.run(['pull', '--from', 'x.tl', '--layer', '200'])).code).toBe(2)
  expect((await work.run(['pull', '--layer', 'latest'])).code).toBe(2)
})

it('an archive of npm is read whole, and one that is cut is refused', () => {
  const content = Buffer.from('hello')
  const header = Buffer.alloc(512)
  header.write('package/a.txt')
  header.write(content.length.toString(8).padStart(11, '0'), 124)
  header.write('0', 156)
  const padded = Buffer.concat([content, Buffer.alloc(512 - content.length)])
  const archive = Buffer.concat([header, padded, Buffer.alloc(1024)])
  expect([...readTarGz(gzipSync(archive))].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([['package/a.txt', 'hello']])
  expect(() => readTarGz(gzipSync(archive.subarray(0, 515)))).toThrow('the archive is damaged')
})
