import type { Platform } from '../../platform/platform.js'
import type { CancelTimer } from '../../platform/timers.js'
import type { IdleLimits } from '../options.js'

/**
 * Ends a connection that is of no use to anybody: one on which nothing valid has come yet, and one that has fallen
 * silent. Bytes alone do not count, or a peer that sends one in a while would never have to say anything.
 */
export class IdleWatch {
  readonly #platform: Platform
  readonly #end: () => void
  readonly #silentMs: number
  /** On the monotonic clock. */
  #endMs: number
  #cancel: CancelTimer | undefined

  /** @param end is called once, unless `stop` is before. */
  constructor(platform: Platform, { strangerMs, silentMs }: IdleLimits, end: () => void) {
    this.#platform = platform
    this.#end = end
    this.#silentMs = silentMs
    this.#endMs = this.#nowMs() + strangerMs
    this.#wait()
  }

  /** Something valid has come. */
  heard(): void {
    const before = this.#endMs
    this.#endMs = this.#nowMs() + this.#silentMs
    // The timer that is set looks again when it fires: nobody sets one for every packet.
    if (this.#endMs < before) this.#wait()
  }

  stop(): void {
    this.#cancel?.()
  }

  #wait(): void {
    this.#cancel?.()
    this.#cancel = this.#platform.timers.set(this.#endMs - this.#nowMs(), () => {
      if (this.#nowMs() < this.#endMs) this.#wait()
      else this.#end()
    })
  }

  #nowMs(): number {
    return this.#platform.clock.now().monotonicMs
  }
}
