import type { Instant } from '../../src/platform/clock.js'
import { seededRandom, type ManualPlatform } from '../../src/platform/manual.js'
import type { Platform } from '../../src/platform/platform.js'
import type { Random } from '../../src/platform/random.js'
import type { CancelTimer } from '../../src/platform/timers.js'

/** The client's machine: its wall clock is wrong and jumps, its dice are its own, and its timers are counted. */
export class ClientPlatform implements Platform {
  readonly random: Random
  readonly #world: ManualPlatform
  readonly #timers = new Set<CancelTimer>()
  #skewMs: number

  constructor(world: ManualPlatform, seed: number, skewMs: number) {
    this.#world = world
    this.#skewMs = skewMs
    this.random = seededRandom(seed)
  }

  readonly clock: { now(): Instant } = {
    now: () => {
      const { wallMs, monotonicMs } = this.#world.clock.now()
      return { wallMs: wallMs + this.#skewMs, monotonicMs }
    },
  }

  readonly timers: { set(delayMs: number, callback: () => void): CancelTimer } = {
    set: (delayMs, callback) => {
      const cancel = this.#world.timers.set(delayMs, () => {
        this.#timers.delete(cancel)
        callback()
      })
      this.#timers.add(cancel)
      return () => {
        this.#timers.delete(cancel)
        cancel()
      }
    },
  }

  get pendingTimers(): number {
    return this.#timers.size
  }

  stepWallClock(ms: number): void {
    this.#skewMs += ms
  }
}
