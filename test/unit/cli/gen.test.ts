import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { until } from '../../support/until.js'
import { Workspace } from './helpers.js'

const SCHEMA = 'point flags:# x:int y:flags.0?int = Point;\n'
const CONFIG = `import { defineConfig } from 'rawgram/config'
export default defineConfig({ schema: { api: 'my.tl' }, out: { dir: 'gen' } })
`

const files = (work: Workspace, folder: string): string[] =>
  readdirSync(join(work.folder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(work.folder, folder).length + 1))

it('writes what the config asks for, and finds nothing to do the second time', async () => {
  using work = new Workspace({ 'rawgram.config.ts': CONFIG, 'my.tl': SCHEMA })
  const first = JSON.parse((await work.run(['gen', '--json'])).out) as { folder: string; files: number; stale: string[] }
  expect(first).toMatchObject({ folder: 'gen', definitions: 1, orphans: [] })
  expect(first.stale).toHaveLength(first.files)
  expect(readFileSync(join(work.folder, 'gen/types/point.ts'), 'utf8')).toContain('class Point extends TlObject')
  expect(JSON.parse((await work.run(['gen', '--json'])).out)).toMatchObject({ stale: [], orphans: [] })
})

it('--check names what is stale and what is not generated any more, and writes nothing', async () => {
  using work = new Workspace({ 'rawgram.config.ts': CONFIG, 'my.tl': `${SCHEMA}---functions---\nmove to:Point = Point;\n` })
  await work.run(['gen'])
  expect((await work.run(['gen', '--check'])).code).toBe(0)
  work.write('my.tl', SCHEMA.replace('x:int', 'x:long'))
  work.write('gen/mine.ts', '// not generated\n')
  const { code, out } = await work.run(['gen', '--check', '--quiet'])
  expect(code).toBe(1)
  expect(out).toContain('stale: gen/types/point.ts\n')
  expect(out).toContain('not generated any more: gen/methods/move.ts\n')
  expect(out).not.toContain('mine.ts')
  expect(existsSync(join(work.folder, 'gen/methods/move.ts'))).toBe(true)
  await work.run(['gen'])
  expect(existsSync(join(work.folder, 'gen/methods/move.ts'))).toBe(false)
  expect(existsSync(join(work.folder, 'gen/mine.ts'))).toBe(true)
})

it('--check follows a link that stands for a generated file', async () => {
  using work = new Workspace({ 'rawgram.config.ts': CONFIG, 'my.tl': SCHEMA })
  await work.run(['gen'])
  const path = join(work.folder, 'gen/types/point.ts')
  renameSync(path, join(work.folder, 'point.ts'))
  symlinkSync(join(work.folder, 'point.ts'), path)
  expect(await work.run(['gen', '--check', '--quiet'])).toMatchObject({ code: 0, out: '' })
})

it('an unsound schema and a name that matches nothing leave everything as it was', async () => {
  using work = new Workspace({ 'rawgram.config.ts': CONFIG, 'my.tl': 'a x:Foo = A;' })
  expect(await work.run(['gen'])).toMatchObject({ code: 1, err: expect.stringContaining(`unknown type 'Foo'`) as string })
  work.write('my.tl', SCHEMA)
  expect(await work.run(['gen', '--only', 'pint'])).toMatchObject({
    code: 2,
    err: `error: 'pint' matches nothing in the schema, did you mean 'point'?\n`,
  })
  expect(await work.run(['gen', '--check', '--watch'])).toMatchObject({ code: 2 })
  expect(existsSync(join(work.folder, 'gen'))).toBe(false)
})

it('--only prunes the API of the package to a method and what it needs, and the result compiles', async () => {
  using work = new Workspace({
    'package.json': '{"type":"module"}',
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2022',
        lib: ['es2022', 'dom'],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        types: [],
        paths: { 'rawgram/runtime': [join(process.cwd(), 'src/entry/runtime.ts')] },
      },
      include: ['src'],
    }),
    'src/use.ts': `import * as Api from './generated/index.js'
const peer = new Api.InputPeerSelf()
export const request = new Api.messages.GetExportedChatInvites({ peer, adminId: new Api.InputUserSelf(), limit: 100 })
// @ts-expect-error limit is required
new Api.messages.GetExportedChatInvites({ peer, adminId: new Api.InputUserSelf() })
`,
  })
  expect((await work.run(['gen', '--only', 'messages.getExportedChatInvites'])).code).toBe(0)
  expect(files(work, 'src/generated').length).toBeLessThan(40)
  expect(files(work, 'src/generated')).toContain('messages/methods/get-exported-chat-invites.ts')
  const tsc = join(process.cwd(), 'node_modules/.bin/tsc')
  expect(execFileSync(tsc, ['-p', '.'], { cwd: work.folder, encoding: 'utf8' })).toBe('')
})

it('--check of a folder that was never generated shows the beginning, and how many more there are', async () => {
  using work = new Workspace()
  const args = ['gen', '--check', '--only', 'messages.getHistory']
  const { code, out } = await work.run(args)
  const lines = out.trimEnd().split('\n')
  expect(code).toBe(1)
  expect(lines.filter((line) => line.startsWith('stale: src/generated/'))).toHaveLength(50)
  expect(lines.at(-2)).toMatch(/^and \d+ more; --json lists all of them$/)
  expect(lines.at(-1)).toBe('the same command without --check writes them')
  const { stale } = JSON.parse((await work.run([...args, '--json'])).out) as { stale: string[] }
  expect(lines.at(-2)).toContain(` ${stale.length - 50} `)
})

it('--only takes names with commas to spare, and refuses none at all', async () => {
  using work = new Workspace({ 'my.tl': SCHEMA })
  const run = (only: string): Promise<{ code: number; err: string }> =>
    work.run(['gen', '--schema', 'my.tl', '--only', only])
  expect(await run('point, ')).toMatchObject({ code: 0, err: '' })
  expect(await run(',')).toMatchObject({ code: 2, err: 'error: --only names nothing: messages.getHistory,updates.*\n' })
})

it('never writes over a file that it did not write itself, unless nothing of it is lost', async () => {
  using work = new Workspace({ 'my.tl': SCHEMA, 'src/index.ts': 'export const mine = 1\n', 'src/types/point.ts': '' })
  const args = ['gen', '--schema', 'my.tl', '--out', 'src']
  const { code, err } = await work.run(args)
  expect(code).toBe(2)
  expect(err).toMatch(/^error: .*src holds files of your own where generated ones belong: index\.ts; move them, or/)
  expect(files(work, 'src').sort()).toEqual(['index.ts', 'types/point.ts'])
  // What an interrupted run leaves: the beginning of a file.
  work.write('src/index.ts', '// Generated by raw')
  expect((await work.run(args)).code).toBe(0)
  expect(readFileSync(join(work.folder, 'src/types/point.ts'), 'utf8')).toContain('class Point')
  expect((await work.run([...args, '--check'])).code).toBe(0)
})

it('--watch generates again after a change, survives a mistake, and ends when it is interrupted', async () => {
  using work = new Workspace({ 'rawgram.config.ts': CONFIG, 'my.tl': SCHEMA })
  const interrupt = new AbortController()
  let out = ''
  let err = ''
  const run = work.run(['gen', '--watch'], {
    signal: interrupt.signal,
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
  })
  await until(() => out.includes('watching'))
  writeFileSync(join(work.folder, 'my.tl'), 'broken')
  await until(() => err.includes('is unsound'))
  writeFileSync(join(work.folder, 'my.tl'), SCHEMA.replaceAll('oint', 'lace'))
  await until(() => existsSync(join(work.folder, 'gen/types/place.ts')))
  interrupt.abort()
  expect((await run).code).toBe(0)
})

it('--watch sees what changes while it generates, and follows the config to another schema', async () => {
  using work = new Workspace({ 'rawgram.config.ts': CONFIG, 'my.tl': SCHEMA, 'other/next.tl': SCHEMA.replaceAll('oint', 'ond') })
  const interrupt = new AbortController()
  let out = ''
  const run = work.run(['gen', '--watch'], {
    signal: interrupt.signal,
    stdout: (text) => {
      if (out === '') work.write('my.tl', SCHEMA.replaceAll('oint', 'lace'))
      out += text
    },
  })
  const generated = (name: string): Promise<void> => until(() => existsSync(join(work.folder, `gen/types/${name}.ts`)))
  await generated('place')
  work.write('rawgram.config.ts', CONFIG.replace('my.tl', 'other/next.tl'))
  await generated('pond')
  work.write('other/next.tl', SCHEMA.replaceAll('oint', 'ark'))
  await generated('park')
  interrupt.abort()
  expect((await run).code).toBe(0)
})

it.each([
  ['another module', 'schema.ts', (file: string) => `export const api: string = '${file}'`, "import { api } from './schema'"],
  ['a module of a module', 'schema.js', (file: string) => `export const api = '${file}'`, "import { api } from './between'"],
  ['JSON', 'schema.json', (file: string) => JSON.stringify({ api: file }), "import { api } from './schema.json'"],
])('--watch follows %s that the config imports', async (_, name, naming, imported) => {
  const config = `${imported}\nexport default { schema: { api }, out: { dir: 'gen' } }\n`
  using work = new Workspace({
    'rawgram.config.ts': config,
    'between.ts': "export { api } from './schema.js'",
    [name]: naming('my.tl'),
    'my.tl': SCHEMA,
    'next.tl': SCHEMA.replaceAll('oint', 'lace'),
  })
  const interrupt = new AbortController()
  let out = ''
  const run = work.run(['gen', '--watch'], { signal: interrupt.signal, stdout: (text) => (out += text) })
  await until(() => out.includes('watching'))
  expect(existsSync(join(work.folder, 'gen/types/point.ts'))).toBe(true)
  work.write(name, naming('next.tl'))
  await until(() => existsSync(join(work.folder, 'gen/types/place.ts')))
  interrupt.abort()
  expect((await run).code).toBe(0)
})

it.each([
  ['does not run', "throw new Error('no')", 'does not run'],
  ['cannot be read', 'export const api = (', 'does not run'],
  ['names a schema that is not there', "export const api = 'nowhere.tl'", 'nowhere.tl'],
])('--watch follows a module that the config has come to import and that %s', async (_, broken, complaint) => {
  using work = new Workspace({ 'rawgram.config.ts': CONFIG, 'my.tl': SCHEMA, 'next.tl': SCHEMA.replaceAll('oint', 'lace') })
  const interrupt = new AbortController()
  let [out, err] = ['', '']
  const run = work.run(['gen', '--watch'], { signal: interrupt.signal, stdout: (text) => (out += text), stderr: (text) => (err += text) })
  await until(() => out.includes('watching'))
  work.write('parts/schema.ts', broken)
  work.write('rawgram.config.ts', "import { api } from './parts/schema'\nexport default { schema: { api }, out: { dir: 'gen' } }\n")
  await until(() => err.includes(complaint))
  work.write('parts/schema.ts', "export const api = 'next.tl'")
  await until(() => existsSync(join(work.folder, 'gen/types/place.ts')))
  interrupt.abort()
  expect((await run).code).toBe(0)
})

it('--watch goes on to follow what the config imports while that is broken', async () => {
  const config = "import { api } from './schema.json'\nexport default { schema: { api }, out: { dir: 'gen' } }\n"
  using work = new Workspace({ 'rawgram.config.ts': config, 'schema.json': '{ "api": "my.tl" }', 'my.tl': SCHEMA, 'next.tl': SCHEMA.replaceAll('oint', 'lace') })
  const interrupt = new AbortController()
  let [out, err] = ['', '']
  const run = work.run(['gen', '--watch'], { signal: interrupt.signal, stdout: (text) => (out += text), stderr: (text) => (err += text) })
  await until(() => out.includes('watching'))
  work.write('schema.json', '{')
  await until(() => err.includes('does not run'))
  work.write('schema.json', '{ "api": "next.tl" }')
  await until(() => existsSync(join(work.folder, 'gen/types/place.ts')))
  interrupt.abort()
  expect((await run).code).toBe(0)
})

it('--watch follows the table of errors beside the schema, also one that comes later', async () => {
  using work = new Workspace({ 'rawgram.config.ts': CONFIG, 'my.tl': SCHEMA })
  const interrupt = new AbortController()
  let err = ''
  let out = ''
  const run = work.run(['gen', '--watch'], {
    signal: interrupt.signal,
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
  })
  await until(() => out.includes('watching'))
  work.write('errors.json', 'not a table')
  await until(() => err.includes('errors.json'))
  interrupt.abort()
  expect((await run).code).toBe(0)
})
