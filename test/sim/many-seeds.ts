import { fork } from 'node:child_process'
import { drawPlan, type Kinds } from './fault-plan.js'
import type { Counts } from './ledger.js'
import { simulate } from './simulation.js'
import type { Totals } from './totals.js'

export interface SeedsOptions {
  readonly seeds: readonly number[]
  readonly hours: number
  readonly kinds: Kinds
  readonly bug?: string | undefined
  readonly trace: boolean
}

/** What is said about one seed: as plain data, so that it can come from another process. */
export interface SeedReport {
  readonly lines: readonly string[]
  readonly virtualMs: number
  readonly counts: Counts
  readonly broken: boolean
}

/** One run for each seed, one after the other. A planted bug ends them where it is caught. */
export async function runSeeds({ seeds, hours, kinds, bug, trace }: SeedsOptions, tell: (report: SeedReport) => void): Promise<void> {
  for (const seed of seeds) {
    const startMs = performance.now()
    const plan = drawPlan(seed, kinds)
    const { virtualMs, counts, broken, story } = await simulate({ seed, hours, plan, bug })
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
    const verdict = broken ? '' : ', all oracles hold'
    const lines = [
      `seed ${seed}: ${(virtualMs / 3_600_000).toFixed(2)} h in ${seconds} s, ${counts.calls} calls, ${counts.connections} connections${verdict}`,
    ]
    if (broken) lines.push(`  BROKEN ${broken.message}`)
    if (broken && trace) lines.push(...story)
    if (broken && bug === undefined) lines.push(`  plan ${JSON.stringify(plan)}`)
    tell({ lines, virtualMs, counts, broken: broken !== undefined })
    if (broken && bug !== undefined) return
  }
}

/** The same seeds, dealt out to processes of their own. */
export async function runSeedsIn(processes: number, options: SeedsOptions, tell: (report: SeedReport) => void): Promise<void> {
  await Promise.all(
    Array.from({ length: processes }, (_, at) => {
      const seeds = options.seeds.filter((_, index) => index % processes === at)
      return runInProcess({ ...options, seeds }, tell)
    }),
  )
}

function runInProcess(options: SeedsOptions, tell: (report: SeedReport) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./seeds-process.ts', import.meta.url))
    child.on('message', tell)
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a process with seeds ended with ${code}`))))
    child.send(options)
  })
}

export function print(totals: Totals): (report: SeedReport) => void {
  return ({ lines, virtualMs, counts, broken }) => {
    totals.add(virtualMs, counts, broken)
    console.log(lines.join('\n'))
  }
}
