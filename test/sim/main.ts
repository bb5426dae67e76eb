import { parseArgs } from 'node:util'
import { cuts, runOnce, wrongIn, type OneFault } from './exhaustive.js'
import { simulate } from './simulation.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    exhaustive: { type: 'boolean', default: false },
    bug: { type: 'string' },
    trace: { type: 'boolean', default: false },
    hours: { type: 'string', default: '1' },
  },
})
if (values.exhaustive) process.exit(await exhaustively())

const first = Number(values.seed)
const total: Record<string, number> = {}
let virtualMs = 0
let failures = 0
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  const startMs = performance.now()
  const report = await simulate({ seed, hours: Number(values.hours), bug: values.bug })
  virtualMs += report.virtualMs
  for (const [name, count] of Object.entries(report.counts)) total[name] = (total[name] ?? 0) + count
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  const { calls, connections } = report.counts
  console.log(`seed ${seed}: ${(report.virtualMs / 3_600_000).toFixed(2)} h in ${seconds} s, ${calls} calls, ${connections} connections${report.broken ? '' : ', all oracles hold'}`)
  if (report.broken) {
    failures++
    console.log(`  BROKEN ${report.broken.message}`)
    if (values.trace) console.log(report.story.join('\n'))
    if (values.bug === undefined) console.log(`  plan ${JSON.stringify(report.plan)}`)
    else break
  }
}
console.log(`${(virtualMs / 3_600_000).toFixed(1)} virtual hours: ${Object.entries(total).map(([name, count]) => `${count} ${name}`).join(', ')}`)
process.exitCode = failures > 0 ? 1 : 0

/** Every cut, every swap, and single bytes; prints what goes wrong. */
async function exhaustively(): Promise<number> {
  const sound = await runOnce()
  const faults: OneFault[] = [{ pipe: { up: { pieces: 1 }, down: { pieces: 1 } } }, ...cuts(sound, 1)]
  for (let swapFrame = 0; swapFrame < sound.framesDown; swapFrame++) faults.push({ swapFrame })
  let wrong = 0
  for (const [index, fault] of faults.entries()) {
    const problem = wrongIn(await runOnce(fault))
    if (problem !== undefined) {
      wrong++
      console.log(`${JSON.stringify(fault)}: ${problem}`)
    }
    if (index % 500 === 499) console.log(`${index + 1} of ${faults.length} runs, ${wrong} of them wrong`)
  }
  console.log(`${faults.length} runs: the link cut after every one of ${sound.bytesUp} + ${sound.bytesDown} bytes, ${sound.framesDown} swaps; ${wrong} wrong`)
  return wrong === 0 ? 0 : 1
}
