import { clientEngine } from '../../src/mtproto/engine/client-engine.js'
import type { CallId, Engine, EngineEvent } from '../../src/mtproto/engine/engine.js'
import { seededRandom } from '../../src/platform/manual.js'

/** Hears of everything that goes into and comes out of the engines of the client, until another one takes its place. */
export interface EngineObserver {
  /** A request is given to an engine: for the first time, or again after an answer that was an error. */
  sent(request: Uint8Array): void
  event(engine: Engine, event: EngineEvent): void
  /** To how many sessions the server has pushed this object. */
  timesPushed(body: string): number
  fail(oracle: string, what: string): void
}

interface Seen {
  readonly open: Set<CallId>
  readonly pushed: Map<string, number>
}

/** Whether code of a client's engine runs right now: client and server share classes, and a planted bug is the client's alone. */
export const inside = { client: false }

let observer: EngineObserver | undefined
const seen = new WeakMap<Engine, Seen>()

export function observeEngines(next: EngineObserver): void {
  observer = next
}

/** The class of engines has no name outside of its file: its prototype is reached through an instance. */
export const enginePrototype: Engine = Object.getPrototypeOf(
  clientEngine({ random: seededRandom(0), dc: 2, serverKeys: [] }, { wallMs: 0, monotonicMs: 0 }),
) as Engine

const METHODS = ['connected', 'disconnected', 'send', 'cancel', 'receive', 'timeout', 'takeOutput', 'nextEvent', 'deadline', 'destroyAuthKey'] as const

for (const name of METHODS) {
  const original = enginePrototype[name] as (this: Engine, ...args: unknown[]) => unknown
  const watched = function (this: Engine, ...args: unknown[]): unknown {
    const outer = inside.client
    inside.client = true
    try {
      const value = original.apply(this, args)
      if (name === 'send') {
        seenBy(this).open.add(value as CallId)
        observer?.sent(args[0] as Uint8Array)
      }
      if (name === 'cancel') seenBy(this).open.delete(args[0] as CallId)
      if (name === 'nextEvent' && value !== undefined) check(this, value as EngineEvent)
      return value
    } finally {
      inside.client = outer
    }
  }
  Object.defineProperty(enginePrototype, name, { value: watched, configurable: true, writable: true })
}

function seenBy(engine: Engine): Seen {
  let found = seen.get(engine)
  if (found === undefined) seen.set(engine, (found = { open: new Set(), pushed: new Map() }))
  return found
}

function check(engine: Engine, event: EngineEvent): void {
  const { open, pushed } = seenBy(engine)
  if (event.type === 'result' || event.type === 'rpc-error' || event.type === 'failed') {
    if (!open.delete(event.call)) observer?.fail('settled once', `a call got a second ${event.type}, or was never made`)
  } else if (event.type === 'message') {
    const body = Buffer.from(event.body).toString('latin1')
    const times = (pushed.get(body) ?? 0) + 1
    pushed.set(body, times)
    const most = observer?.timesPushed(body) ?? 0
    if (times > most) observer?.fail('pushed once', `the engine handed a message out ${times} times that was pushed ${most} times`)
  }
  observer?.event(engine, event)
}
