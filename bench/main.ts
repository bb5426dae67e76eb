/**
 * `npm run bench [-- section ...]`: every figure of the README, ours beside the peers', as ratios in one run.
 * Nothing here passes or fails: machines differ. `--json` prints the figures as data.
 */
import { bundleSize } from './bundle-size.js'
import { codec } from './codec.js'
import { codegen } from './codegen.js'
import { describeMachine, renderFigures, type Section } from './figure.js'
import { ige } from './ige.js'
import { importTime } from './import-time.js'
import { handshake, throughput } from './throughput.js'
import { typecheckTime } from './typecheck-time.js'

const SECTIONS: readonly Section[] = [codec, ige, handshake, throughput, codegen, importTime, bundleSize, typecheckTime]

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = asked.filter((name) => !SECTIONS.some((section) => section.name === name))
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(', ')}; there are ${SECTIONS.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
const json = process.argv.includes('--json')
if (!json) console.log(describeMachine())
const results: Record<string, unknown> = { machine: describeMachine() }
for (const section of SECTIONS) {
  if (asked.length > 0 && !asked.includes(section.name)) continue
  const figures = await section.measure()
  results[section.name] = figures
  if (!json) console.log(`\n${section.name}\n${renderFigures(figures)}`)
}
if (json) console.log(JSON.stringify(results, null, 2))
process.exit(0)
