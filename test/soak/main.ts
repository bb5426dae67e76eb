/**
 * `npm run soak -- --clients 500 --minutes 10 --seed 1`: clients against the embedded server over real sockets that break
 * all the time. Exits with 1 when a call is lost or carried out twice, a handle is left, or memory grows.
 */
import { parseArgs } from 'node:util'
import { sampleAt } from './level.js'
import { RemoteFarSide } from './remote-far-side.js'
import { megabytes, soak, type SoakReport } from './soak.js'

/** Each connection is disturbed three times in this time on average: by its client, the server and the proxy. */
const MEAN_MS = 60_000
/** In the second half, memory may grow by this part of what is held. */
const GROWTH = 0.05
const MOST_PROBLEMS = 30

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '500' },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    restarts: { type: 'string', default: '2' },
  },
})

function number(name: 'clients' | 'minutes' | 'seed' | 'restarts', least: number): number {
  const value = Number(values[name])
  if (!(value >= least) || value > 1e9) throw new Error(`--${name} takes a number from ${least}, not ${values[name]}`)
  return value
}

function print({ calls, endings, executions, connections, destroyedHere, replacements, far, samples, level, problems }: SoakReport): boolean {
  const seconds = samples.at(-1)!.atMs / 1000
  const half = sampleAt(samples, (seconds * 1000) / 2)
  const growth = (level.bytesPerMinute * seconds) / 60 / 2
  const isLevel = growth < GROWTH * level.meanBytes
  console.log(`calls: ${calls}, ${executions} executions`)
  console.log(`  ${endings.answered} answered, ${endings['unknown-outcome']} of unknown outcome, ${endings['given-up']} given up by disconnect(), ${endings.failed} failed`)
  console.log(`connections: ${connections}`)
  console.log(`  destroyed by this side ${destroyedHere}, by the server ${far.destroyed}, clients that started over ${replacements}`)
  console.log(`  by the proxy: ${far.cuts} closed, ${far.resets} reset, ${far.truncated} cut within a write, ${far.stalls} stalled, ${far.gonesDark} gone dark`)
  console.log(`memory held: ${megabytes(half.bytes)} MB at ${(half.atMs / 1000).toFixed(0)} s, ${megabytes(samples.at(-1)!.bytes)} MB at ${seconds.toFixed(0)} s; the server's process ${megabytes(far.heldBytes)} MB`)
  console.log(`  slope of the second half: ${megabytes(level.bytesPerMinute)} MB a minute around ${megabytes(level.meanBytes)} MB, ${isLevel ? 'level' : 'NOT LEVEL'}`)
  console.log(`problems: ${problems.length || 'none'}`)
  for (const problem of problems.slice(0, MOST_PROBLEMS)) console.log(`  ${problem}`)
  return isLevel && problems.length === 0
}

const report = await soak({
  clients: number('clients', 1),
  seconds: number('minutes', 0.1) * 60,
  seed: number('seed', 0),
  restarts: number('restarts', 0),
  meanMs: MEAN_MS,
  openFarSide: (options) => RemoteFarSide.open(options),
  tell: console.log,
})
process.exitCode = print(report) ? 0 : 1
