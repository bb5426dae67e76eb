import { setTimeout as sleep } from 'node:timers/promises'
import { StringSession } from '../../src/session/string-session.js'
import { Dice } from '../sim/dice.js'
import { heldBytes } from '../support/memory.js'
import { CallLedger, type Ending } from './call-ledger.js'
import { Caller } from './caller.js'
import type { FarSide, FarSideCounts, FarSideOptions } from './far-side.js'
import { levelOf, type Level, type Sample } from './level.js'
import { OpenSockets, SocketReaper } from './sockets.js'

export interface SoakOptions {
  readonly clients: number
  readonly seconds: number
  readonly seed: number
  /** How often the server restarts, and forgets its sessions, in the whole run. */
  readonly restarts: number
  /** A connection is disturbed by each of the client, the server and the proxy about once in this time. */
  readonly meanMs: number
  readonly openFarSide: (options: FarSideOptions) => Promise<FarSide>
  readonly tell: (line: string) => void
}

export interface SoakReport {
  readonly calls: number
  readonly endings: Readonly<Record<Ending, number>>
  readonly executions: number
  /** Sockets that the clients have opened, and those of them that this side destroyed. */
  readonly connections: number
  readonly destroyedHere: number
  readonly replacements: number
  readonly far: FarSideCounts
  readonly samples: readonly Sample[]
  readonly level: Level
  /** Everything that is not as it should be. */
  readonly problems: readonly string[]
}

/** After the storm, calls end within this time: a link that went dark is found, and all are answered. */
const CALM_MS = 180_000
/** Sockets that were closed may take this long until the system has forgotten them. */
const HANDLES_MS = 30_000
const SAMPLES = 60
const CONNECTING_AT_ONCE = 16

/** Many clients of this process against the embedded server over real sockets that break; the books are balanced at the end. */
export async function soak({ clients, seconds, seed, restarts, meanMs, openFarSide, tell }: SoakOptions): Promise<SoakReport> {
  const before = handles()
  const far = await openFarSide({ clients, seed, meanMs })
  const withFar = handles()
  const ledger = new CallLedger()
  const sockets = new OpenSockets('client', new StringSession(far.sessions[0]!).port!)
  const reaper = new SocketReaper(sockets, new Dice(seed + 2), meanMs)
  const callers = far.sessions.map((session, at) => new Caller(at, session, ledger, new Dice(seed + 1_000 + at)))
  const samples: Sample[] = []
  try {
    await inGroups(callers, (caller) => caller.start())
    tell(`${callers.length} clients are connected`)
    await far.storm(true)
    reaper.start()
    const startMs = performance.now()
    const elapsedMs = (): number => performance.now() - startMs
    const restartsAt = Array.from({ length: restarts }, (_, at) => ((at + 1) * seconds * 1000) / (restarts + 1))
    for (let at = 0; at <= SAMPLES; at++) {
      await sleep(Math.max(0, (at * seconds * 1000) / SAMPLES - elapsedMs()))
      samples.push({ atMs: elapsedMs(), bytes: heldBytes() })
      tell(`${(elapsedMs() / 1000).toFixed(0)} s: ${ledger.calls} calls, ${ledger.open} open, ${megabytes(samples.at(-1)!.bytes)} MB`)
      if (elapsedMs() < (restartsAt[0] ?? Infinity)) continue
      restartsAt.shift()
      ledger.stateIsLost()
      await far.restart()
      ledger.stateWasLost()
    }
    reaper.stop()
    await far.storm(false)
    await within(CALM_MS, Promise.all(callers.map((caller) => caller.finish())))
  } finally {
    reaper.stop()
    await Promise.all(callers.map((caller) => caller.disconnect()))
  }
  const leftBehind = await handlesGone(withFar, () => sockets.size)
  const counts = await far.counts()
  sockets.close()
  await far.close()
  const leftAtEnd = await handlesGone(before, () => 0)
  const executions = ledger.balance(counts.executions)
  return {
    calls: ledger.calls,
    endings: ledger.counts,
    executions,
    connections: sockets.opened,
    destroyedHere: reaper.destroyed,
    replacements: callers.reduce((sum, { replacements }) => sum + replacements, 0),
    far: counts,
    samples,
    level: levelOf(samples, (seconds * 1000) / 2),
    problems: [...ledger.problems, ...leftBehind, ...leftAtEnd, ...counts.violations, ...counts.handlerErrors],
  }
}

export function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1)
}

async function inGroups(callers: readonly Caller[], action: (caller: Caller) => Promise<void>): Promise<void> {
  const left = [...callers]
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await action(next)
  }
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, worker))
}

/** Waits, but not for ever: what has not ended by then shows in the books. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const limit = new AbortController()
  await Promise.race([work, sleep(ms, undefined, { signal: limit.signal }).catch(() => {})])
  limit.abort()
}

/** What keeps this process alive, by kind. */
function handles(): Map<string, number> {
  const kinds = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  return kinds
}

/** @returns what is there beyond `allowed` after some time. */
async function handlesGone(allowed: ReadonlyMap<string, number>, openSockets: () => number): Promise<string[]> {
  const endMs = performance.now() + HANDLES_MS
  for (;;) {
    await sleep(50)
    const left = [...handles()].filter(([kind, count]) => count > (allowed.get(kind) ?? 0))
    const problems = left.map(([kind, count]) => `${count} handles of kind ${kind} are left, ${allowed.get(kind) ?? 0} were there before`)
    if (openSockets() > 0) problems.push(`${openSockets()} sockets of clients are left`)
    if (problems.length === 0 || performance.now() > endMs) return problems
  }
}
