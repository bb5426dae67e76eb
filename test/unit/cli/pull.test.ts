import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it, vi } from 'vitest'
import { readTarGz } from '../../../src/cli/schema/tar.js'
import type { CliRun } from './helpers.js'
import { WebServer, Workspace } from './helpers.js'

const SMALL = 'a x:int = A;\n// LAYER 9\n'

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

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
next: name it in rawgram.config.ts, schema: { api: 'schema/api.tl' }
`)
  expect((await work.run(['init'])).code).toBe(0)
  expect(readFileSync(join(work.folder, 'rawgram.config.ts'), 'utf8')).toContain("  schema: { api: 'schema/api.tl' },\n")
  expect((await work.run(['pull'])).out).not.toContain('next:')
  const lock = locked(work)
  expect(lock).toMatchObject({ layer: 228, source: 'rawgram', date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string })
  const text = readFileSync(join(work.folder, 'schema/api.tl'))
  expect(lock.files['api.tl']).toBe(sha256(text))
})

it('from a file, the lock says which, and the next pull says what was there', async () => {
  using work = new Workspace({ 'mine.tl': SMALL })
  await work.run(['pull'])
  const { out } = await work.run(['pull', '--from', 'mine.tl'])
  expect(out).toContain('layer 9 from mine.tl: 1 definitions\nbefore: layer 228 from rawgram\n')
  expect(locked(work)).toMatchObject({ layer: 9, source: 'mine.tl' })
})

it('a lock that is damaged is said so and written anew', async () => {
  for (const damaged of ['{', 'null', '5', '{"files":null}']) {
    using work = new Workspace({ 'mine.tl': SMALL, 'schema/rawgram.lock.json': damaged })
    const { code, err } = await work.run(['pull', '--from', 'mine.tl'])
    expect({ code, err }).toEqual({ code: 0, err: 'the lock that was there could not be read, and is written anew\n' })
    expect(locked(work).layer).toBe(9)
  }
})

it('writes over no schema that did not come from pull, or was changed since, unless it is forced to', async () => {
  using work = new Workspace({ 'mine.tl': SMALL, 'schema/api.tl': 'b = B;\n' })
  const pull = async (...more: string[]): Promise<string> => {
    const { code, err } = await work.run(['pull', '--from', 'mine.tl', ...more])
    return code === 0 ? 'written' : err.replace(/^error: .*(?=schema.api)/, '').trim()
  }
  expect(await pull()).toBe('schema/api.tl did not come from pull; --force writes over it')
  expect(readFileSync(join(work.folder, 'schema/api.tl'), 'utf8')).toBe('b = B;\n')
  expect(await pull('--force')).toBe('written')
  work.write('schema/api.tl', SMALL.replaceAll('\n', '\r\n'))
  work.write('mine.tl', `c = C;\n${SMALL}`)
  expect(await pull()).toBe('written')
  work.write('schema/api.tl', `${SMALL}d = D;\n`)
  expect(await pull()).toBe('schema/api.tl was changed since it was pulled; --force writes over it')
})

it('leaves no errors of another layer behind, but those that were written by hand', async () => {
  using work = new Workspace({ 'mine.tl': SMALL })
  await work.run(['pull'])
  await work.run(['pull', '--from', 'mine.tl'])
  expect(existsSync(join(work.folder, 'schema/errors.json'))).toBe(false)
  work.write('schema/errors.json', '{}')
  await work.run(['pull', '--from', 'mine.tl'])
  expect(readFileSync(join(work.folder, 'schema/errors.json'), 'utf8')).toBe('{}')
})

it('a folder or a text without definitions is no schema', async () => {
  using work = new Workspace({ 'empty.tl': '// LAYER 9\n', 'folder/a.tl': SMALL })
  const pull = (from: string): Promise<CliRun> => work.run(['pull', '--from', from])
  expect(await pull('folder')).toMatchObject({ code: 3, err: 'error: folder is a folder, not a file\n' })
  expect(await pull('empty.tl')).toMatchObject({ code: 1, err: 'error: empty.tl holds no definition\n' })
  expect(await work.run(['gen', '--schema', 'empty.tl'])).toMatchObject({ code: 1, err: 'error: empty.tl holds no definition\n' })
  expect(existsSync(join(work.folder, 'schema'))).toBe(false)
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
  await using server = await WebServer.serving({ '/api.tl': SMALL })
  const address = `${server.address}/api.tl`
  expect((await work.run(['pull', '--from', address])).code).toBe(0)
  expect(locked(work)).toMatchObject({ source: address, fetched: { [address]: sha256(SMALL) } })
  const none = `${server.address}/none.tl`
  const missing = await work.run(['pull', '--from', none])
  expect(missing).toMatchObject({ code: 3, err: `error: ${none} could not be fetched: status 404 Not Found\n` })
})

it.each([
  ['<!DOCTYPE html>\n<p>a x:int = A;', `begins with '<!DOCTYPE html>'`],
  ['404: Not Found', `begins with '404: Not Found'`],
  ['\n', 'is empty'],
])('what is no TL is called that, not a thousand mistakes in it: %j', async (text, reason) => {
  using work = new Workspace()
  await using server = await WebServer.serving({ '/api.tl': text })
  const { code, err } = await work.run(['pull', '--from', `${server.address}/api.tl`])
  expect({ code, err }).toEqual({ code: 3, err: `error: ${server.address}/api.tl is no TL: it ${reason}\n` })
  expect(existsSync(join(work.folder, 'schema'))).toBe(false)
})

it('the latest layer is what the newest package has', async () => {
  using work = new Workspace()
  // No package is fetched: the registry is one that refuses connections.
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:1')
  vi.stubEnv('npm_config_fetch_retries', '0')
  const { code, err } = await work.run(['pull', '--layer', 'latest'])
  vi.unstubAllEnvs()
  expect(code).toBe(3)
  expect(err).toContain('error: the package @mtcute/core@latest could not be read')
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
  expect((await work.run(['pull', '--layer', 'newest'])).code).toBe(2)
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
