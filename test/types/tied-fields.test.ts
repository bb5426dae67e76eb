import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const COMPILER_OPTIONS = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
}

const REQUIRED = 'peer: new Api.InputPeerSelf(), adminId: new Api.InputUserSelf(), limit: 1'
const request = (fields: string): string => `new Api.messages.GetExportedChatInvites({ ${REQUIRED}, ${fields} })`

const PROGRAMS: Readonly<Record<string, string>> = {
  date: request('offsetDate: 43'),
  link: request(`offsetLink: 'x'`),
  both: request(`offsetDate: 43, offsetLink: 'x'`),
  neither: request(''),
}

describe('fields that share a flag bit, to the compiler', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rawgram-tied-'))
  let said = ''
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  beforeAll(() => {
    const api = JSON.stringify(join(root, 'generated/api/index.js'))
    for (const [name, statement] of Object.entries(PROGRAMS)) {
      writeFileSync(join(folder, `${name}.ts`), `import * as Api from ${api}\n${statement}\n`)
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const config = { compilerOptions: COMPILER_OPTIONS, include: ['*.ts'] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    said = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { cwd: folder, encoding: 'utf8' }).stdout
  })

  /** What the compiler says about one program: the error, and the lines below it that explain it. */
  const about = (name: string): string =>
    said
      .split(/^(?=\S)/m)
      .filter((part) => part.startsWith(`${name}.ts`))
      .join('')

  it.each([
    ['{ offsetDate: 43 }', 'date', 'offsetLink'],
    [`{ offsetLink: 'x' }`, 'link', 'offsetDate'],
  ])('%s alone is an error, whose message names the partner', (_, name, partner) => {
    expect(about(name)).toMatch(new RegExp(`^${name}\\.ts\\(2,\\d+\\): error TS2345: `))
    expect(about(name)).toContain(`Property '${partner}' is missing in type`)
    expect(about(name).match(/error TS/g)).toHaveLength(1)
  })

  it('both together, and neither, compile, and nothing else is wrong', () => {
    expect(about('both') + about('neither')).toBe('')
    expect(said.match(/error TS/g)).toHaveLength(2)
  })
})
