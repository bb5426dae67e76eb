import { LocalError } from '../errors/errors.js'
import type { Timers } from '../platform/timers.js'

/** What a call is rejected with when its signal fires; the signal's reason is the cause. */
export function abortedError(what: string, signal: AbortSignal): LocalError {
  return new LocalError('aborted', `${what} was aborted by its caller`, {}, { cause: signal.reason })
}

/** Waits that can be cut short, one by one by their caller's signal or all at once when their owner ends. */
export class Sleeper {
  readonly #timers: Timers
  readonly #sleeping = new Set<(error: LocalError) => void>()

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /**
   * Waits `delayMs`.
   * @throws {LocalError} `aborted`, as soon as `signal` fires; or what `wakeAll` was given.
   */
  sleep(delayMs: number, what: string, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(abortedError(what, signal))
      const end = (error?: LocalError): void => {
        cancel()
        this.#sleeping.delete(end)
        signal?.removeEventListener('abort', onAbort)
        if (error === undefined) resolve()
        else reject(error)
      }
      const onAbort = (): void => end(abortedError(what, signal!))
      const cancel = this.#timers.set(delayMs, () => end())
      this.#sleeping.add(end)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  /** Nobody sleeps on: every wait is rejected, and no timer is left. */
  wakeAll(error: LocalError): void {
    for (const end of [...this.#sleeping]) end(error)
  }
}

/** Settles as `promise` does, or rejects with `aborted` when `signal` fires first. */
export function unlessAborted<T>(promise: Promise<T>, what: string, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(abortedError(what, signal))
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
