import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const LOCK = '{}'
/** Stands for tsx: makes the folder that the script of that name would make, or fails when it is told to. */
const TSX = `#!/usr/bin/env node
const { existsSync, mkdirSync } = require('node:fs')
mkdirSync(process.argv[2] === 'scripts/build.ts' ? 'dist' : 'generated', { recursive: true })
if (existsSync('fail')) process.exit(1)
`

describe.skipIf(process.platform === 'win32')('what runs before npm start and npm test', () => {
  let clone: string

  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), 'rawgram-setup-'))
    for (const folder of ['scripts', 'tl', 'codegen', 'src', 'generated', 'node_modules/.bin', 'node_modules/.rawgram']) {
      mkdirSync(join(clone, folder), { recursive: true })
    }
    copyFileSync(new URL('../../scripts/setup.mjs', import.meta.url), join(clone, 'scripts/setup.mjs'))
    writeFileSync(join(clone, 'package.json'), '{}')
    writeFileSync(join(clone, 'package-lock.json'), LOCK)
    writeFileSync(join(clone, 'node_modules/.bin/tsx'), TSX, { mode: 0o755 })
    const installed = createHash('sha256').update(`package-lock.json\0${LOCK}`).digest('hex')
    writeFileSync(join(clone, 'node_modules/.rawgram/install'), installed)
  })

  afterEach(() => rmSync(clone, { recursive: true }))

  /** The steps that were not left out. */
  function setUp(): string[] {
    const { stdout } = spawnSync(process.execPath, [join(clone, 'scripts/setup.mjs')], { encoding: 'utf8' })
    return [...stdout.matchAll(/^(\w+) \.\.\./gm)].map(([, step]) => step!)
  }

  it('builds a fresh clone once', () => {
    expect(setUp()).toEqual(['generate', 'build'])
    expect(setUp()).toEqual([])
  })

  it('makes anew what was deleted', () => {
    setUp()
    rmSync(join(clone, 'dist'), { recursive: true })
    expect(setUp()).toEqual(['build'])
    rmSync(join(clone, 'generated'), { recursive: true })
    expect(setUp()).toEqual(['generate'])
  })

  it('makes anew what was left half done, also when its inputs are again those of before', () => {
    setUp()
    const source = join(clone, 'src/a.ts')
    writeFileSync(source, '')
    writeFileSync(join(clone, 'fail'), '')
    expect(setUp()).toEqual(['build'])
    rmSync(source)
    rmSync(join(clone, 'fail'))
    expect(setUp()).toEqual(['build'])
    expect(readFileSync(join(clone, 'node_modules/.rawgram/build'), 'utf8')).toMatch(/^[0-9a-f]{64}$/)
  })
})
