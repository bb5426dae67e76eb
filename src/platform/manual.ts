import type { Instant } from './clock.js'
import type { Platform } from './platform.js'
import type { Random } from './random.js'
import type { CancelTimer } from './timers.js'

interface PendingTimer {
  readonly dueMs: number
  readonly order: number
  readonly callback: () => void
}

/**
 * A hand-cranked platform: time stands still until it is told to move, both clocks can be stepped apart, and the
 * dice are seeded. Two runs with the same seed and the same calls are the same run.
 */
export class ManualPlatform implements Platform {
  readonly random: Random
  #wallMs: number
  #monotonicMs = 0
  #order = 0
  #timers: PendingTimer[] = []

  constructor(options: { readonly seed?: number; readonly wallMs?: number } = {}) {
    this.random = seededRandom(options.seed ?? 1)
    this.#wallMs = options.wallMs ?? Date.UTC(2026, 0, 1)
  }

  readonly clock: { now(): Instant } = {
    now: () => ({ wallMs: this.#wallMs, monotonicMs: this.#monotonicMs }),
  }

  readonly timers: { set(delayMs: number, callback: () => void): CancelTimer } = {
    set: (delayMs, callback) => {
      const timer: PendingTimer = { dueMs: this.#monotonicMs + Math.max(0, delayMs), order: this.#order++, callback }
      this.#timers.push(timer)
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer)
      }
    },
  }

  /** The number of timers that are set. */
  get pendingTimers(): number {
    return this.#timers.length
  }

  /** Milliseconds until the earliest timer, or `undefined` where none is set. */
  nextTimerInMs(): number | undefined {
    const next = this.#earliest()
    return next && next.dueMs - this.#monotonicMs
  }

  /** Moves both clocks forward, firing every timer that falls due, in order, at its own time. */
  advance(ms: number): void {
    const targetMs = this.#monotonicMs + ms
    for (;;) {
      const next = this.#earliest()
      if (!next || next.dueMs > targetMs) break
      this.#move(next.dueMs - this.#monotonicMs)
      this.#timers = this.#timers.filter((other) => other !== next)
      next.callback()
    }
    this.#move(targetMs - this.#monotonicMs)
  }

  /** Steps the wall clock alone, as a user or a time daemon does. */
  stepWallClock(ms: number): void {
    this.#wallMs += ms
  }

  #move(ms: number): void {
    this.#monotonicMs += ms
    this.#wallMs += ms
  }

  #earliest(): PendingTimer | undefined {
    let earliest: PendingTimer | undefined
    for (const timer of this.#timers) {
      if (!earliest || timer.dueMs < earliest.dueMs || (timer.dueMs === earliest.dueMs && timer.order < earliest.order)) {
        earliest = timer
      }
    }
    return earliest
  }
}

/** Reproducible bytes from a 32-bit seed (xorshift128, seeded by splitmix32). Never for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const splitmix = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
  let [x, y, z, w] = [splitmix(), splitmix(), splitmix(), splitmix()]
  const next = (): number => {
    const t = x ^ (x << 11)
    x = y
    y = z
    z = w
    w = (w ^ (w >>> 19) ^ t ^ (t >>> 8)) >>> 0
    return w
  }
  return {
    fill(target) {
      for (let i = 0; i < target.length; i++) target[i] = next() & 255
      return target
    },
  }
}
