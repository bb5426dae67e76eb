import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../scripts/entries.js'
import type { Figure, Section } from './figure.js'

const PROGRAM = join(root, 'bench/programs/codec.ts')

function run<T>(...args: readonly string[]): T {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, PROGRAM, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the codec's figure ${args.join()} failed: ${stderr}`)
  return JSON.parse(stdout) as T
}

/** Requests and answers per second: encoding the request of the reference page, alone and behind building it, and both ways of its answer. */
export const codec: Section = {
  name: 'codec',
  measure: () => Promise.resolve(run<string[]>().map((which) => run<Figure>(which))),
}
