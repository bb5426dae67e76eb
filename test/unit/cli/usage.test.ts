import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { WebServer, Workspace } from './helpers.js'

it('an unknown verb is refused with the one that was meant', async () => {
  using work = new Workspace()
  expect(await work.run(['verfy'])).toEqual({
    code: 2,
    out: '',
    err: `error: unknown command 'verfy'\n(Did you mean verify?)\n`,
  })
})

it('an unknown option is refused with the one that was meant', async () => {
  using work = new Workspace()
  expect(await work.run(['verify', '--qiet'])).toEqual({
    code: 2,
    out: '',
    err: `error: unknown option '--qiet'\n(Did you mean --quiet?)\n`,
  })
})

it('a missing argument, one too many and a wrong choice are wrong usage', async () => {
  using work = new Workspace()
  for (const args of [['diff', 'a.tl'], ['diff', 'a', 'b', 'c'], ['breaking', '--against', '1', '--use', 'ALL'], ['breaking']]) {
    const { code, err } = await work.run(args)
    expect([args, code]).toEqual([args, 2])
    expect(err).toMatch(/^error: /)
  }
})

it('help and version are no failures, and every verb has --json', async () => {
  using work = new Workspace()
  const help = await work.run(['--help'])
  expect(help.code).toBe(0)
  expect(help.out).toContain('Exit codes: 0 done, 1 something was found')
  expect(await work.run(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string })
  const verbs = [...help.out.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map((match) => match[1]!)
  expect(verbs).toContain('verify')
  for (const verb of verbs) expect((await work.run([verb, '--help'])).out, verb).toContain('--json')
})

it('a file that is not there is a failure of its own', async () => {
  using work = new Workspace()
  const { code, err } = await work.run(['verify', 'missing.tl'])
  expect({ code, err }).toEqual({ code: 3, err: 'error: the schema missing.tl could not be read: there is no such file\n' })
  const docs = await work.run(['docs', '--schema', 'missing.tl'])
  expect(docs).toMatchObject({ code: 3, err: `error: ${work.folder}/missing.tl: there is no such file\n` })
  const folder = await work.run(['docs', '--schema', '.'])
  expect(folder).toMatchObject({ code: 3, err: `error: ${work.folder}: it is a folder\n` })
})

it('a port that is taken is a failure of its own', async () => {
  using work = new Workspace({ 'tiny.tl': 'none = None;\n' })
  await using taken = await WebServer.start(() => {})
  const { port } = new URL(taken.address)
  const { code, err } = await work.run(['docs', '--schema', 'tiny.tl', '--serve', '--port', port, '--quiet'])
  expect({ code, err }).toEqual({ code: 3, err: `error: port ${port} of 127.0.0.1: another program listens there\n` })
})

it('ports are decimal numbers, and of use to servers alone', async () => {
  using work = new Workspace()
  for (const port of ['0x10', '1e3', '-1', '65536', ' 80', '']) {
    expect(await work.run(['serve', '--port', port])).toMatchObject({ code: 2, err: expect.stringContaining('A port is a number up to 65535.') })
  }
  expect(await work.run(['docs', '--port', '80'])).toEqual({ code: 2, out: '', err: 'error: --port is for --serve\n' })
  expect(await work.run(['serve', '--host', ''])).toMatchObject({ code: 2, err: 'error: --host names no address; left out, it is 127.0.0.1\n' })
})

it('the reference is not written over a site of somebody else', async () => {
  using work = new Workspace({ 'index.html': '<h1>Home</h1>', 'tiny.tl': 'none = None;\n' })
  const { code, err } = await work.run(['docs', '--schema', 'tiny.tl', '--out', '.'])
  expect({ code, err }).toEqual({
    code: 2,
    err: `error: ${work.folder}/index.html is a page of your own, and would be written over; choose another folder with --out\n`,
  })
  const args = ['docs', '--schema', 'tiny.tl', '--out', 'reference', '--quiet']
  expect((await work.run(args)).code).toBe(0)
  expect((await work.run(args)).code).toBe(0)
})

it('the reference is neither written to no folder nor served without a front page', async () => {
  using work = new Workspace()
  expect(await work.run(['docs', '--out', ''])).toEqual({
    code: 2,
    out: '',
    err: 'error: --out names no folder; the current one is --out .\n',
  })
  const archived = await work.run(['docs', '--compat', 'gramjs-docs', '--serve'])
  expect(archived).toEqual({
    code: 2,
    out: '',
    err: "error: option '--compat <form>' cannot be used with option '--serve'\n",
  })
})

it('with --json a failure is a document too', async () => {
  using work = new Workspace()
  const missing = await work.run(['verify', 'missing.tl', '--json'])
  const error = 'the schema missing.tl could not be read: there is no such file'
  expect(missing.err).toBe(`error: ${error}\n`)
  expect(JSON.parse(missing.out)).toEqual({ error, exitCode: 3 })
  const unknown = await work.run(['verify', '--json', '--qiet'])
  expect(JSON.parse(unknown.out)).toEqual({ error: `unknown option '--qiet'\n(Did you mean --quiet?)`, exitCode: 2 })
})

it('an interrupt ends a verb that does not wait for it', async () => {
  using work = new Workspace()
  const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url))
  let isAsked = (): void => {}
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve
  })
  await using silent = await WebServer.start(() => isAsked())
  const args = ['--import', import.meta.resolve('tsx'), main, 'pull', '--from', `${silent.address}/api.tl`]
  const child = spawn(process.execPath, args, { cwd: work.folder, stdio: 'ignore' })
  const ended = once(child, 'exit')
  await asked
  child.kill('SIGINT')
  expect(await ended).toEqual([null, 'SIGINT'])
})

it('a config of any kind is read anew each time', async () => {
  using work = new Workspace({ 'package.json': '{"type":"module"}' })
  for (const name of ['rawgram.config.mjs', 'rawgram.config.js', 'rawgram.config.ts']) {
    for (const word of ['first', 'second']) {
      work.write(name, `export default { long: '${word}' }`)
      expect((await work.run(['verify', '--config', name])).err).toContain(`and is "${word}"`)
    }
  }
})

it('a config may be CommonJS, and may import', async () => {
  using work = new Workspace({ 'words.cjs': `module.exports = { long: 'imported' }` })
  work.write('rawgram.config.js', `module.exports = { long: 'required' }`)
  expect((await work.run(['verify'])).err).toContain('and is "required"')
  work.write('rawgram.config.js', `import words from './words.cjs'\nexport default words`)
  expect((await work.run(['verify'])).err).toContain('and is "imported"')
})

it('a config with a mistake is wrong usage, with the path of the option', async () => {
  using work = new Workspace({ 'rawgram.config.ts': `export default { out: { dri: 'x' } }` })
  expect(await work.run(['verify'])).toMatchObject({ code: 2, err: `error: rawgram.config: unknown option out.dri, did you mean 'dir'?\n` })
  work.write('rawgram.config.ts', `export default { include: ['a', 5] }`)
  expect(await work.run(['verify'])).toMatchObject({ code: 2, err: 'error: rawgram.config: include[1] has to be a text, and is 5\n' })
  work.write('rawgram.config.ts', 'export default { include: [] }')
  expect(await work.run(['verify'])).toMatchObject({
    code: 2,
    err: 'error: rawgram.config: include has to be left out, for everything, or a list of names, and is an array of 0\n',
  })
  work.write('rawgram.config.ts', `export default { long: 'number' }`)
  expect(await work.run(['verify'])).toMatchObject({
    code: 2,
    err: `error: rawgram.config: long has to be 'big-integer' or 'bigint', and is "number"\n`,
  })
  work.write('rawgram.config.ts', `export default { schema: 'api.tl' }`)
  expect(await work.run(['verify'])).toMatchObject({
    code: 2,
    err: 'error: rawgram.config: schema has to be an object with api or errors, and is "api.tl"\n',
  })
  work.write('rawgram.config.ts', 'throw new Error("broken")')
  expect(await work.run(['verify'])).toMatchObject({ code: 2, err: expect.stringMatching(/rawgram\.config\.ts does not run: broken/) as string })
})

it.each(['', '5', '[]', '{}', '{"errors":{"A":{}},"methods":{}}'])('an error table of another form is said to be none: %j', async (table) => {
  using work = new Workspace({ 'my.tl': 'a = A;', 'errors.json': table })
  const { code, err } = await work.run(['gen', '--schema', 'my.tl', '--check'])
  expect(code).toBe(3)
  expect(err).toMatch(/^error: (?:errors\.json is no error table as pull writes it; rename it|the error table errors\.json could not be read)/)
})

it('an error table that the config names has to be there', async () => {
  using work = new Workspace({ 'my.tl': 'a = A;', 'rawgram.config.ts': `export default { schema: { api: 'my.tl', errors: 'none.json' } }` })
  const message = 'error: the error table none.json could not be read: there is no such file\n'
  expect(await work.run(['gen', '--check'])).toMatchObject({ code: 3, err: message })
})

it.each(['{', '{}', 'null'])('an installed package with a damaged manifest is a failure of the file, not a stack: %s', async (manifest) => {
  using work = new Workspace({ 'node_modules/some-schema/package.json': manifest })
  const message = 'error: node_modules/some-schema/package.json states no version; install it again\n'
  expect(await work.run(['pull', '--from', 'npm:some-schema'])).toMatchObject({ code: 3, err: message })
})
