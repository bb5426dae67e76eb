import { LocalFarSide, type FarSideOptions } from './far-side.js'
import type { FarSideAnswer, FarSideOrder } from './remote-far-side.js'

/** The far side in a process of its own: orders come as messages, each is answered. */
const far = await LocalFarSide.open(JSON.parse(process.argv[2]!) as FarSideOptions)
const answer = (message: FarSideAnswer): void => void process.send?.(message)

async function carryOut(order: FarSideOrder): Promise<void> {
  if (order === 'storm' || order === 'calm') await far.storm(order === 'storm')
  else if (order === 'restart') await far.restart()
  else if (order === 'close') await far.close()
  if (order !== 'counts') return answer({ done: order })
  const { executions, ...counts } = await far.counts()
  answer({ done: order, counts, executions: Buffer.from(executions).toString('base64') })
}

process.on('message', (order: FarSideOrder) => void carryOut(order).then(() => order === 'close' && process.disconnect()))
process.on('disconnect', () => process.exit(0))
answer({ done: 'open', sessions: far.sessions })
