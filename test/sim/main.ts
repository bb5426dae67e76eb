/**
 * `npm run sim -- --seed 1 --seeds 200 --hours 5 --processes 2`: runs of the simulator, one for each seed; exits with 1 when
 * an oracle is violated, and says with which seed. `--faults all` has every kind of fault in every run, `--trace` prints
 * what led to a violation, `--bug` plants a mistake, `--exhaustive` tries every place for a cut and a swap, of which
 * `--runs 0-3000` makes a part.
 */
import { parseArgs } from 'node:util'
import { exhaust } from './exhaust.js'
import { print, runSeeds, runSeedsIn, type SeedsOptions } from './many-seeds.js'
import { Totals } from './totals.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    hours: { type: 'string', default: '1' },
    faults: { type: 'string', default: 'swarm' },
    processes: { type: 'string', default: '1' },
    bug: { type: 'string' },
    trace: { type: 'boolean', default: false },
    exhaustive: { type: 'boolean', default: false },
    runs: { type: 'string', default: '0-' },
  },
})

if (values.exhaustive) process.exitCode = await exhaustive()
else process.exitCode = await swarm()

async function exhaustive(): Promise<number> {
  const range = /^(\d+)-(\d*)$/.exec(values.runs)
  if (!range) throw new Error(`--runs takes a range such as 0-3000, not ${values.runs}`)
  return (await exhaust(console.log, Number(range[1]), range[2] === '' ? Infinity : Number(range[2]))) === 0 ? 0 : 1
}

async function swarm(): Promise<number> {
  const { bug, trace } = values
  const kinds = values.faults
  if (kinds !== 'swarm' && kinds !== 'all') throw new Error(`--faults takes swarm or all, not ${kinds}`)
  const [seed, count, hours, processes] = [whole('seed'), whole('seeds'), Number(values.hours), whole('processes')]
  if (!(hours > 0)) throw new Error(`--hours takes a number above 0, not ${values.hours}`)
  const options: SeedsOptions = { seeds: Array.from({ length: count }, (_, at) => seed + at), hours, kinds, bug, trace }
  const totals = new Totals()
  await (processes === 1 ? runSeeds(options, print(totals)) : runSeedsIn(processes, options, print(totals)))
  console.log(String(totals))
  return totals.failures === 0 ? 0 : 1
}

function whole(name: 'seed' | 'seeds' | 'processes'): number {
  const number = Number(values[name])
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} takes a whole number from 1, not ${values[name]}`)
  return number
}
