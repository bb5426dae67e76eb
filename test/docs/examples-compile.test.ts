import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { pageExamples, pageSnippets } from './examples.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a reader has before the first line of an example. */
const GIVEN = `declare const apiId: number
declare const apiHash: string
declare const client: import('rawgram').TelegramClient
declare const request: import('rawgram').Api.help.GetConfig
`

describe('the TypeScript of all pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rawgram-examples-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('compiles in one run under --strict, against the package as users import it', () => {
    const compilerOptions = {
      target: 'ES2022',
      lib: ['ES2022', 'DOM', 'ESNext.Disposable'],
      module: 'NodeNext',
      moduleResolution: 'NodeNext',
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      esModuleInterop: true,
      paths: { rawgram: [join(root, 'src/entry/index.ts')], 'rawgram/*': [join(root, 'src/entry/*.ts')] },
    }
    const sources = [...pageExamples().map(({ page, typescript }) => ({ page, source: typescript })), ...pageSnippets()]
    for (const { page, source } of sources)
      writeFileSync(join(folder, `${page.replace('/', '-')}.ts`), `${source}\nexport {}\n`)
    writeFileSync(join(folder, 'given.d.ts'), GIVEN)
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
    const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(stdout.split('\n').slice(0, 20).join('\n')).toBe('')
    expect(status).toBe(0)
    console.log(`${sources.length} examples compiled`)
    expect(sources.length).toBeGreaterThan(3_000)
  })

  it('builds the same object as the JavaScript beside it', () => {
    const argument = (source: string): string => source.slice(source.indexOf('new Api.'))
    for (const { page, javascript, typescript } of pageExamples()) {
      expect(argument(typescript), page).toBe(argument(javascript))
    }
  })
})
