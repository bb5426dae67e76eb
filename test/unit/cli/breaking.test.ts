import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { Workspace } from './helpers.js'

const OLD = 'a = A;\n---functions---\nread x:int = A;\ndrop y:int z:int = A;\n// LAYER 1\n'
const NEW = 'a = A;\n---functions---\nread x:int hash:long = A;\nx.drop y:int z:int = A;\n// LAYER 2\n'

it('fails with what breaks source, and what to use instead', async () => {
  using work = new Workspace({ 'old.tl': OLD, 'new.tl': NEW })
  expect(await work.run(['breaking', 'new.tl', '--against', 'old.tl'])).toEqual({
    code: 1,
    err: '',
    out: `METHOD_REMOVED (1): methods that are gone
  drop  use x.drop
ARG_ADDED_REQUIRED (1): new required fields
  read.hash  hash:long
layer 1 -> 2: 2 break SOURCE (in all 2 source-breaking, 1 wire, 1 additive)
`,
  })
})

it('passes when nothing breaks', async () => {
  using work = new Workspace({ 'old.tl': OLD })
  expect(await work.run(['breaking', 'old.tl', '--against', 'old.tl'])).toMatchObject({
    code: 0,
    out: 'layer 1 -> 1: nothing breaks SOURCE (in all 0 source-breaking, 0 wire, 0 additive)\n',
  })
})

it('level and ignored names come from the config, and the command line wins', async () => {
  using work = new Workspace({
    'old.tl': OLD,
    'new.tl': NEW,
    'rawgram.config.ts': `export default { schema: { api: 'new.tl' }, breaking: { use: 'WIRE', ignore: ['drop'] } }`,
  })
  const wire = await work.run(['breaking', '--against', 'old.tl', '--format', 'github'])
  expect(wire.code).toBe(1)
  expect(wire.out).toBe(`::warning file=new.tl,line=3,title=ID_CHANGED::read: #b2eb225d -> #27f5eb2b
::notice title=Schema::layer 1 -> 2: 0 source-breaking, 1 wire, 0 additive
`)
  expect((await work.run(['breaking', '--against', 'old.tl', '--use', 'DOCS'])).code).toBe(0)
})

it('a git revision of the same file is something to compare with', async () => {
  using work = new Workspace({ 'api.tl': OLD })
  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@localhost']
    execFileSync('git', [...identity, ...args], { cwd: work.folder, stdio: 'ignore' })
  }
  git('init')
  git('add', 'api.tl')
  git('commit', '-m', 'layer 1')
  work.write('api.tl', NEW)
  const run = await work.run(['breaking', 'api.tl', '--against', 'HEAD', '--json'])
  expect(run.code).toBe(1)
  expect(JSON.parse(run.out)).toMatchObject({ from: 1, to: 2, counts: { METHOD_REMOVED: 1, ARG_ADDED_REQUIRED: 1 } })
  expect(await work.run(['breaking', 'api.tl', '--against', 'nowhere'])).toMatchObject({
    code: 2,
    err: expect.stringContaining(`'nowhere' is neither a file, nor a layer, nor npm:package, nor a git revision`) as string,
  })
})

it('diff shows everything and never fails', async () => {
  using work = new Workspace({ 'old.tl': OLD, 'new.tl': NEW })
  const { code, out } = await work.run(['diff', 'old.tl', 'new.tl'])
  expect(code).toBe(0)
  expect(out).toContain('METHOD_ADDED (1): new methods\n  x.drop\n')
  expect((await work.run(['diff', 'old.tl', 'new.tl', '--format', 'md'])).out).toMatch(/^## Schema: layer 1 -> 2\n/)
  expect((await work.run(['diff', 'old.tl', 'new.tl', '--format', 'xml'])).code).toBe(2)
})

it('the layer of the package is known by its number', async () => {
  using work = new Workspace()
  expect((await work.run(['diff', '228', '228'])).out).toBe('layer 228 -> 228: 0 source-breaking, 0 wire, 0 additive\n')
})

it('an unsound schema is not compared', async () => {
  using work = new Workspace({ 'old.tl': OLD, 'new.tl': 'a x:Nope = A;' })
  const { code, err } = await work.run(['diff', 'old.tl', 'new.tl'])
  expect(code).toBe(1)
  expect(err).toBe(`error: new.tl is unsound\nnew.tl:1:5 unknown type 'Nope'\n  a x:Nope = A;\n      ^^^^\n`)
})
