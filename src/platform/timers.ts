/** Cancels a timer; calling it twice, or after the timer fired, does nothing. */
export type CancelTimer = () => void

export interface Timers {
  /** Calls `callback` once, `delayMs` from now on the monotonic clock: never earlier, and later if the process is busy. */
  set(delayMs: number, callback: () => void): CancelTimer
}
