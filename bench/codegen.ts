import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorTable } from '../codegen/ir/error-table.js'
import { generateProject } from '../codegen/generate-project.js'
import { root } from '../scripts/entries.js'
import { median, type Figure, type Section } from './figure.js'

const RUNS = 5
const CLI = join(root, 'dist/node/cli.js')
const PROJECT = join(root, '.cache/bench-project')

/** A project whose config asks for the whole layer, with this package installed. */
function makeProject(): void {
  rmSync(PROJECT, { recursive: true, force: true })
  mkdirSync(join(PROJECT, 'node_modules'), { recursive: true })
  symlinkSync(root, join(PROJECT, 'node_modules/rawgram'), 'junction')
  writeFileSync(join(PROJECT, 'package.json'), JSON.stringify({ name: 'bench-project', type: 'module' }))
  copyFileSync(join(root, 'tl/api.tl'), join(PROJECT, 'api.tl'))
  const config = "import { defineConfig } from 'rawgram/config'\n\nexport default defineConfig({ schema: { api: 'api.tl' } })\n"
  writeFileSync(join(PROJECT, 'rawgram.config.ts'), config)
}

/** Seconds of a new process, as a user starts it. */
function seconds(...args: readonly string[]): number {
  const startedMs = performance.now()
  const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], { cwd: PROJECT, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return (performance.now() - startedMs) / 1000
}

/** Schemas from text to TypeScript. No peer is measured: theirs is compiled before it is published. */
export const codegen: Section = {
  name: 'codegen',
  async measure(): Promise<Figure[]> {
    const texts = ['tl/api.tl', 'tl/mtproto.tl', 'tl/errors.json'].map((path) => readFileSync(join(root, path), 'utf8'))
    const [api, mtproto, errors] = texts as [string, string, string]
    makeProject()
    const warm: number[] = []
    const cold: number[] = []
    const check: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const startedMs = performance.now()
      generateProject({ api, mtproto, errors: JSON.parse(errors) as ErrorTable })
      warm.push((performance.now() - startedMs) / 1000)
      cold.push(seconds('gen'))
      check.push(seconds('gen', '--check'))
    }
    const figure = (what: string, taken: number[]): Figure => ({ what, unit: 's', ours: median(taken), peers: {}, better: 'lower' })
    return [
      figure('generate both schemas in a process that has done so before', warm.slice(1)),
      figure('rawgram gen, the whole layer in a new process', cold),
      figure('rawgram gen --check, a new process', check),
    ]
  },
}
