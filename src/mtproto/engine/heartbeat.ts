import { randomUint64, type Random } from '../../platform/random.js'
import { PING_INTERVAL_MS, PONG_HARD_TIMEOUT_MS, PONG_TIMEOUT_MS } from '../limits.js'

/**
 * Finds links that are dead without saying so. A ping goes out regularly; when neither its pong nor anything else
 * authentic arrives for a while, or the pong alone stays away for long, the link is given up. All times monotonic.
 */
export class Heartbeat {
  #nextMs = Infinity
  #pending: { readonly pingId: bigint; readonly sentMs: number } | undefined
  #heardMs = 0

  /** A link is up: a ping is due at once. */
  start(nowMs: number): void {
    this.#nextMs = nowMs
    this.#pending = undefined
    this.#heardMs = nowMs
  }

  stop(): void {
    this.#nextMs = Infinity
    this.#pending = undefined
  }

  /** Something speaks for asking now instead of later. */
  hasten(nowMs: number): void {
    if (this.#pending === undefined && this.#nextMs > nowMs) this.#nextMs = nowMs
  }

  /** An authentic message arrived, other than a pong to nobody's ping. */
  heard(nowMs: number): void {
    this.#heardMs = nowMs
  }

  /** The id for a ping that is due now; `undefined` when none is. */
  takePing(nowMs: number, random: Random): bigint | undefined {
    if (nowMs < this.#nextMs) return undefined
    const pingId = BigInt.asIntN(64, randomUint64(random))
    if (this.#pending === undefined) this.#pending = { pingId, sentMs: nowMs }
    this.#nextMs = nowMs + PING_INTERVAL_MS
    return this.#pending.pingId
  }

  /** Whether the pong answers the ping that is waited for. */
  pong(pingId: bigint, nowMs: number): boolean {
    if (this.#pending?.pingId !== pingId) return false
    this.#pending = undefined
    this.#heardMs = nowMs
    return true
  }

  /** When the link counts as dead unless something arrives. */
  deadMs(): number {
    if (this.#pending === undefined) return Infinity
    const { sentMs } = this.#pending
    return Math.min(Math.max(sentMs, this.#heardMs) + PONG_TIMEOUT_MS, sentMs + PONG_HARD_TIMEOUT_MS)
  }

  /** When a ping or a decision is due. */
  dueMs(): number {
    return Math.min(this.#nextMs, this.deadMs())
  }
}
