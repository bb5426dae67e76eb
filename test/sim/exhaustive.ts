import * as Api from '../../generated/api/index.js'
import { ConnectionTCPIntermediate } from '../../src/client/connection-kinds.js'
import { TelegramClient } from '../../src/client/telegram-client.js'
import { MemoryNetwork } from '../../src/net/memory-network.js'
import type { PipeFaults } from '../../src/net/memory-faults.js'
import { ManualPlatform } from '../../src/platform/manual.js'
import { ServerCore } from '../../src/server/core/server-core.js'
import type { Link } from '../../src/net/link.js'
import { StringSession } from '../../src/session/string-session.js'
import { ClientPlatform } from './client-platform.js'
import { observeEngines } from './observe-engines.js'
import { ADDRESSES, HOME_DC } from './simulated-server.js'

/** One login by key exchange and three calls are to be over by then, whatever happens to one link on the way. */
const LIMIT_MS = 300_000
const STEP_MS = 10

/** How the first connection fails; those after it are sound. */
export interface OneFault {
  readonly pipe?: PipeFaults
  /** Swaps this frame of the server with the one after it. */
  readonly swapFrame?: number
}

export interface OneRun {
  readonly answers: readonly string[]
  /** How often each of the changing calls was carried out. */
  readonly executions: readonly number[]
  readonly links: number
  /** Bytes that the first connection carried, and frames that the server sent over it. */
  readonly bytesUp: number
  readonly bytesDown: number
  readonly framesDown: number
  readonly problems: readonly string[]
}

/** The same login and the same three calls, every time from the same seed, with one fault in them. */
export async function runOnce(fault: OneFault = {}): Promise<OneRun> {
  const problems: string[] = []
  const platform = new ManualPlatform({ seed: 7 })
  const clientPlatform = new ClientPlatform(platform, 8, 0)
  const server = new ServerCore({ platform, strict: true, onViolation: ({ code, what }) => problems.push(`${code}: ${what}`) })
  const executions = [0, 0, 0]
  server.handle(Api.bots.SendCustomRequest, ({ params }) => {
    executions[Number(params.data)]!++
    return new Api.DataJSON({ data: `done ${params.data}` })
  })
  const count = { links: 0, up: 0, down: 0, frames: 0 }
  const network = new MemoryNetwork(platform)
  network.faults = (connection) => ({ up: { latencyMs: 1 }, down: { latencyMs: 1 }, ...(connection === 0 ? fault.pipe : {}) })
  network.listen(ADDRESSES[HOME_DC]!, (link) => server.accept(count.links++ === 0 ? watched(link, count, fault.swapFrame) : link))
  observeEngines({ sent: () => {}, timesPushed: () => Infinity, event: () => {}, fail: (oracle, what) => problems.push(`${oracle}: ${what}`) })

  const session = new StringSession('')
  const { host, port } = ADDRESSES[HOME_DC]!
  session.setDC(HOME_DC, host, port)
  const client = new TelegramClient(session, 1, 'exhaustive', {
    platform: clientPlatform,
    dial: async (address, handlers, signal) => {
      const first = network.dials === 0
      const link = await network.dial(address, handlers, signal)
      return !first ? link : { close: () => link.close(), send: (bytes) => ((count.up += bytes.length), link.send(bytes)) }
    },
    connection: ConnectionTCPIntermediate,
    deviceModel: 'exhaustive',
    systemVersion: '1',
    connectionRetries: 20,
    timeout: LIMIT_MS / 1000,
  })
  const answers: string[] = []
  let over = false
  const script = async (): Promise<void> => {
    await client.connect()
    for (let i = 0; i < 3; i++) {
      const params = new Api.DataJSON({ data: String(i) })
      answers.push((await client.invoke(new Api.bots.SendCustomRequest({ customMethod: 'count', params }))).data)
    }
  }
  script().then(
    () => (over = true),
    (error: Error) => {
      problems.push(String(error))
      over = true
    },
  )
  await settle()
  while (!over && platform.clock.now().monotonicMs < LIMIT_MS) {
    platform.advance(Math.max(0, platform.nextTimerInMs() ?? STEP_MS))
    await settle()
  }
  if (!over) problems.push(`nothing came of it within ${LIMIT_MS / 1000} s`)
  await client.disconnect()
  await settle()
  if (clientPlatform.pendingTimers > 0) problems.push(`${clientPlatform.pendingTimers} timers are left`)
  return { answers, executions, links: count.links, bytesUp: count.up, bytesDown: count.down, framesDown: count.frames, problems }
}

/** The first connection is cut after every `step`th byte, counted at either end. */
export function cuts({ bytesUp, bytesDown }: OneRun, step: number): OneFault[] {
  const faults: OneFault[] = []
  for (let bytes = 0; bytes < bytesUp; bytes += step) faults.push({ pipe: { up: { latencyMs: 1, resetAfterBytes: bytes } } })
  for (let bytes = 0; bytes < bytesDown; bytes += step) faults.push({ pipe: { down: { latencyMs: 1, resetAfterBytes: bytes } } })
  return faults
}

/** Each call was answered, and carried out once. */
export function wrongIn({ answers, executions, problems }: OneRun): string | undefined {
  if (answers.join() === 'done 0,done 1,done 2' && executions.join() === '1,1,1' && problems.length === 0) return undefined
  return `answers ${answers.join(', ') || 'none'}; carried out ${executions.join(', ')} times; ${problems.join('; ')}`
}

/** Counts what the server sends, and swaps one frame with the next. */
function watched(link: Link, count: { down: number; frames: number }, swapFrame: number | undefined): Link {
  let held: Uint8Array | undefined
  return {
    close: () => link.close(),
    send(bytes) {
      count.down += bytes.length
      if (count.frames++ === swapFrame) {
        held = bytes.slice()
        return true
      }
      const going = link.send(bytes)
      const late = held
      held = undefined
      return late === undefined ? going : link.send(late)
    },
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
