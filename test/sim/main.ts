import { parseArgs } from 'node:util'
import { simulate } from './simulation.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
    hours: { type: 'string', default: '1' },
  },
})
const first = Number(values.seed)
const total: Record<string, number> = {}
let virtualMs = 0
let failures = 0
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  const startMs = performance.now()
  const report = await simulate({ seed, hours: Number(values.hours) })
  virtualMs += report.virtualMs
  for (const [name, count] of Object.entries(report.counts)) total[name] = (total[name] ?? 0) + count
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  const { calls, connections } = report.counts
  console.log(`seed ${seed}: ${(report.virtualMs / 3_600_000).toFixed(2)} h in ${seconds} s, ${calls} calls, ${connections} connections${report.broken ? '' : ', all oracles hold'}`)
  if (report.broken) {
    failures++
    console.log(`  BROKEN ${report.broken.message}`)
    if (values.trace) console.log(report.story.join('\n'))
    console.log(`  plan ${JSON.stringify(report.plan)}`)
  }
}
console.log(`${(virtualMs / 3_600_000).toFixed(1)} virtual hours: ${Object.entries(total).map(([name, count]) => `${count} ${name}`).join(', ')}`)
process.exitCode = failures > 0 ? 1 : 0
