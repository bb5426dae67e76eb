import type { Instant } from '../../platform/clock.js'
import { isUnderKey } from '../encrypted.js'
import { DRAIN_MS } from '../limits.js'
import type { EngineCore } from './core.js'
import { destroySessionItem } from './service-item.js'
import { newSession, type SessionKey, type SessionState } from './session.js'

/** Session ids that are remembered after their session is gone: late packets for them are no attack. */
const MAX_RETIRED = 32
/** Sessions that may wait for their last answers at a time. */
const MAX_DRAINING = 4

/** The sessions of one engine: the one that carries calls, and those that lead to it or come after it. */
export class Sessions {
  /** Carries the calls. */
  main: SessionState | undefined
  /** Under a new temporary key that is being bound. */
  binding: SessionState | undefined
  /** Under the permanent key, to see whether the server still knows it. */
  checking: SessionState | undefined
  /** Left, and waiting for the answers that are still to come. */
  draining: SessionState[] = []
  readonly #core: EngineCore
  #retired: bigint[] = []

  constructor(core: EngineCore) {
    this.#core = core
  }

  /** All of them, in the order in which they are served. */
  all(): SessionState[] {
    return [this.checking, this.binding, ...this.draining, this.main].filter((session) => session !== undefined)
  }

  /** The key that a packet says it is encrypted under. */
  keyOf(packet: Uint8Array): SessionKey | undefined {
    if (this.main && isUnderKey(packet, this.main.key.key)) return this.main.key
    return this.all().find((session) => isUnderKey(packet, session.key.key))?.key
  }

  /** `'retired'`: a session of ours that is gone. */
  find(key: SessionKey, id: bigint): SessionState | 'retired' | undefined {
    if (this.main?.id === id && this.main.key === key) return this.main
    const session = this.all().find((each) => each.id === id && each.key === key)
    return session ?? (this.#retired.includes(id) ? 'retired' : undefined)
  }

  /** `next` takes over, or nobody yet; what the old session still waits for comes until `untilMs`. */
  replaceMain(next: SessionState | undefined, mute: boolean, untilMs: number, now: Instant): void {
    const old = this.main
    this.main = next
    if (old) this.#drain(old, mute, untilMs, now)
  }

  /**
   * The counters of this session are out of step with the server's: it sends nothing more, and another one under the
   * same key takes its place. One that was being left already needs none, and has less time for its last answers.
   */
  restart(session: SessionState, now: Instant): SessionState | undefined {
    const next = newSession(session.key, this.#core.clock, this.#core.random)
    if (session === this.main) {
      this.replaceMain(next, true, now.monotonicMs + DRAIN_MS, now)
      return next
    }
    session.mute = true
    if (session.drainedMs !== undefined) {
      session.drainedMs = Math.min(session.drainedMs, now.monotonicMs + DRAIN_MS)
      return undefined
    }
    this.retire(session)
    if (session === this.binding) return (this.binding = next)
    if (session === this.checking) return (this.checking = next)
    return undefined
  }

  /** Lets go of draining sessions that have got all their answers, or whose time is over. */
  sweep(nowMs: number): void {
    for (const session of this.draining) {
      if (session.sent.callCount === 0 || nowMs >= (session.drainedMs ?? Infinity)) this.end(session)
    }
  }

  /** When `sweep` has something to do. */
  dueMs(): number {
    return Math.min(Infinity, ...this.draining.map((session) => session.drainedMs ?? Infinity))
  }

  /** A session is over: its calls have an unknown outcome, and the server may forget it. */
  end(session: SessionState): void {
    for (const call of [...session.sent.calls()]) this.#core.outcomeUnknown(call)
    this.retire(session)
    if (session !== this.main && this.main?.key === session.key) this.main.outbox.push(destroySessionItem(session.id))
    if (session === this.main) this.main = undefined
    if (session === this.binding) this.binding = undefined
    if (session === this.checking) this.checking = undefined
  }

  /** Every session under `key` is over. */
  endKey(key: SessionKey): void {
    for (const session of this.all()) if (session.key === key) this.end(session)
  }

  retire(session: SessionState): void {
    this.draining = this.draining.filter((other) => other !== session)
    this.#retired = [...this.#retired.slice(1 - MAX_RETIRED), session.id]
  }

  #drain(session: SessionState, mute: boolean, untilMs: number, now: Instant): void {
    session.mute = mute
    session.drainedMs = untilMs
    session.heartbeat.stop()
    this.draining.push(session)
    if (this.draining.length > MAX_DRAINING) this.end(this.draining[0]!)
    this.sweep(now.monotonicMs)
  }
}
