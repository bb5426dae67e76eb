import { randomBytes, type Random } from '../platform/random.js'
import { FIRST_RETRY_SPREAD_MS, FLOODED_FAILURES, RETRY_BASE_MS, RETRY_CAP_MS } from './limits.js'

/**
 * How long to wait before the next connection to one data centre: next to nothing after a healthy link, then twice as
 * long each time, with jitter so that many clients do not come back in step. All connections to the data centre share
 * one, and so wait for each other.
 */
export class Backoff {
  readonly #random: Random
  readonly #baseMs: number
  #failures = 0
  #notBeforeMs = Number.NEGATIVE_INFINITY

  constructor(random: Random, baseMs: number = RETRY_BASE_MS) {
    this.#random = random
    this.#baseMs = baseMs
  }

  get failures(): number {
    return this.#failures
  }

  /** Something authenticated has arrived: the data centre is well. */
  succeeded(): void {
    this.#failures = 0
  }

  /** A connection failed or was lost. */
  failed(nowMs: number, flooded: boolean = false): void {
    const delayMs = this.#delayMs(flooded ? Math.max(this.#failures, FLOODED_FAILURES) : this.#failures)
    this.#failures = flooded ? Math.max(this.#failures + 1, FLOODED_FAILURES) : this.#failures + 1
    this.#notBeforeMs = Math.max(this.#notBeforeMs, nowMs + delayMs)
  }

  /** Milliseconds until the next attempt may begin. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#notBeforeMs - nowMs)
  }

  #delayMs(failures: number): number {
    if (failures === 0) return this.#chance() * FIRST_RETRY_SPREAD_MS
    const fullMs = Math.min(RETRY_CAP_MS, this.#baseMs * 2 ** (failures - 1))
    return fullMs * (0.75 + this.#chance() / 2)
  }

  #chance(): number {
    return new DataView(randomBytes(this.#random, 4).buffer).getUint32(0) / 2 ** 32
  }
}
