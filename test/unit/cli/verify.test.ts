import { expect, it } from 'vitest'
import { Workspace } from './helpers.js'

it('the schema of the package is sound', async () => {
  using work = new Workspace()
  const { code, out } = await work.run(['verify'])
  expect(code).toBe(0)
  expect(out).toMatch(/api\.tl {2}layer 228, 2446 definitions, CRC 2446 ok: sound, 2 warnings\n/)
  expect(out).toMatch(/warning: no field depends on 'flags'\n {2}exportedChatlistInvite/)
  expect(out).toMatch(/mtproto\.tl {2}51 definitions, CRC 51 ok: sound\n/)
})

it('each finding is shown with its line, and the command fails', async () => {
  using work = new Workspace({ 'mine.tl': 'a#12345678 x:Foo = A;\nfood = Food;\n' })
  expect(await work.run(['verify', 'mine.tl'])).toEqual({
    code: 1,
    err: '',
    out: `mine.tl:1:2 wrong number: the line has #12345678, its CRC-32 is #373344b5
  a#12345678 x:Foo = A;
   ^^^^^^^^^
mine.tl:1:14 unknown type 'Foo', did you mean 'Food'?
  a#12345678 x:Foo = A;
               ^^^
mine.tl  2 definitions, CRC 1 ok: 2 errors
`,
  })
})

it('a flag word that no field depends on is a warning, and no failure', async () => {
  using work = new Workspace({ 'mine.tl': 'a#0 flags:# x:flags.0?int flags2:# = A;\n' })
  expect(await work.run(['verify', 'mine.tl', '--accept-crc', 'a'])).toEqual({
    code: 0,
    err: '',
    out: `mine.tl:1:27 warning: no field depends on 'flags2'
  a#0 flags:# x:flags.0?int flags2:# = A;
                            ^^^^^^
mine.tl  1 definitions, CRC 0 ok: sound, 1 warning
`,
  })
})

it('numbers that are wrong on purpose can be accepted by name', async () => {
  using work = new Workspace({ 'mine.tl': 'a#12345678 = A;\n' })
  expect((await work.run(['verify', 'mine.tl', '--accept-crc', 'a'])).code).toBe(0)
  expect((await work.run(['verify', 'mine.tl'])).code).toBe(1)
})

it('the schema that the config names is the one that is checked', async () => {
  using work = new Workspace({
    'rawgram.config.ts': `import { defineConfig } from 'rawgram/config'\nexport default defineConfig({ schema: { api: 'tl/own.tl' } })`,
    'tl/own.tl': 'a = A;\n// LAYER 7',
  })
  expect(await work.run(['verify'])).toMatchObject({ code: 0, out: 'tl/own.tl  layer 7, 1 definitions, CRC 1 ok: sound\n' })
})

it('--json is one document, --quiet leaves the findings alone', async () => {
  using work = new Workspace({ 'mine.tl': 'a x:Foo = A;\n' })
  const { out } = await work.run(['verify', 'mine.tl', '--json'])
  expect(JSON.parse(out)).toEqual({
    files: [
      {
        file: 'mine.tl',
        layer: null,
        definitions: 1,
        verified: 1,
        diagnostics: [
          {
            code: 'unknown-type',
            severity: 'error',
            file: 'mine.tl',
            position: { line: 1, column: 5 },
            length: 3,
            message: `unknown type 'Foo'`,
            sourceLine: 'a x:Foo = A;',
          },
        ],
      },
    ],
  })
  expect((await work.run(['verify', 'mine.tl', '--quiet'])).out).toBe(`mine.tl:1:5 unknown type 'Foo'\n  a x:Foo = A;\n      ^^^\n`)
})
