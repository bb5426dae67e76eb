import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorTable } from '../codegen/ir/error-table.js'
import { generateProject } from '../codegen/generate-project.js'
import { root } from '../scripts/entries.js'
import { median, type Figure, type Section } from './figure.js'

const RUNS = 5
const GENERATE_IN_PROCESS = ['--import', 'tsx', join(root, 'bench/programs/generate-once.ts')]
const CHECK = ['--import', 'tsx', join(root, 'scripts/generate.ts'), '--check']

/** Seconds of a new process. A stale folder counts like a fresh one: every file is compared either way. */
function seconds(args: readonly string[]): number {
  const startedMs = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  if (status !== 0 && stderr !== '') throw new Error(stderr)
  return (performance.now() - startedMs) / 1000
}

/** Both schemas from text to TypeScript. No peer is measured: theirs is compiled before it is published. */
export const codegen: Section = {
  name: 'codegen',
  async measure(): Promise<Figure[]> {
    const texts = ['tl/api.tl', 'tl/mtproto.tl', 'tl/errors.json'].map((path) => readFileSync(join(root, path), 'utf8'))
    const [api, mtproto, errors] = texts as [string, string, string]
    const warm: number[] = []
    const cold: number[] = []
    const check: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const startedMs = performance.now()
      generateProject({ api, mtproto, errors: JSON.parse(errors) as ErrorTable })
      warm.push((performance.now() - startedMs) / 1000)
      cold.push(seconds(GENERATE_IN_PROCESS))
      check.push(seconds(CHECK))
    }
    const figure = (what: string, taken: number[]): Figure => ({ what, unit: 's', ours: median(taken), peers: {}, better: 'lower' })
    return [
      figure('generate both schemas in a process that has done so before', warm.slice(1)),
      figure('generate both schemas in a new process', cold),
      figure('generate --check, a new process', check),
    ]
  },
}
