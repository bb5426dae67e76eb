import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Workspace } from './helpers.js'

const config = (work: Workspace): string => readFileSync(join(work.folder, 'rawgram.config.ts'), 'utf8')

it('writes a config that the other verbs accept, without a question when nobody is there', async () => {
  using work = new Workspace({ 'package.json': '{"dependencies":{"telegram":"^2.26.22"}}' })
  const { code, out } = await work.run(['init', '--include', 'messages.getHistory', "updates.*"])
  expect(code).toBe(0)
  expect(out).toContain('npm install telegram@npm:rawgram')
  expect(config(work)).toBe(`import { defineConfig } from 'rawgram/config'

export default defineConfig({
  out: { dir: 'src/generated' },
  include: ['messages.getHistory', 'updates.*'],
  long: 'big-integer',
})
`)
  expect((await work.run(['verify'])).code).toBe(0)
})

it('leaves a config alone unless it is told to overwrite it', async () => {
  using work = new Workspace({ 'rawgram.config.js': 'export default {}' })
  expect(await work.run(['init'])).toMatchObject({ code: 2, err: 'error: rawgram.config.js is there already; --force overwrites it\n' })
  expect((await work.run(['init', '--force', '--long', 'bigint', '--out', "it's"])).code).toBe(0)
  expect(config(work)).toContain(`out: { dir: 'it\\'s' },\n  long: 'bigint'`)
  expect((await work.run(['init', '--force', '--long', 'number'])).code).toBe(2)
})

it.each(['{', 'null', '{"dependencies":null}', '{"dependencies":{"telegram":5}}'])('a package.json that is damaged does not stand in the way: %s', async (manifest) => {
  using work = new Workspace({ 'package.json': manifest })
  expect(await work.run(['init', '--quiet', '--include', 'messages.*, users.*'])).toEqual({ code: 0, out: 'rawgram.config.ts\n', err: '' })
  expect(config(work)).toContain("include: ['messages.*', 'users.*'],")
})
