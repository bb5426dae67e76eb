import { LocalError } from '../errors/errors.js'
import type { CallId } from '../mtproto/engine/engine.js'
import type { Timers } from '../platform/timers.js'
import type { CallLimits } from './query.js'
import { abortedError } from './sleep.js'

interface PendingCall {
  readonly method: string
  onAcknowledged: (() => void) | undefined
  readonly resolve: (body: Uint8Array) => void
  readonly reject: (error: Error) => void
}

/** The promises of calls that are under way. Each settles exactly once, and takes its timer and its listener along. */
export class PendingCalls {
  readonly #calls = new Map<CallId, PendingCall>()
  readonly #timers: Timers

  constructor(timers: Timers) {
    this.#timers = timers
  }

  get size(): number {
    return this.#calls.size
  }

  /**
   * @param send queues the call and names it.
   * @param cancel is told when the caller loses interest.
   * @param whyLate what is known about the delay, for the message of a timeout.
   */
  add(
    method: string,
    limits: CallLimits,
    send: () => CallId,
    cancel: (call: CallId) => void,
    whyLate: () => string,
  ): Promise<Uint8Array> {
    const { signal, timeoutMs } = limits
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(abortedError(method, signal))
      const call = send()
      const giveUp = (error: LocalError): void => {
        cancel(call)
        this.#calls.get(call)?.reject(error)
      }
      const onAbort = (): void => giveUp(abortedError(method, signal!))
      const stopTimer =
        timeoutMs === undefined
          ? undefined
          : this.#timers.set(timeoutMs, () =>
              giveUp(new LocalError('timeout', `${method}: no answer within ${timeoutMs / 1000} s${whyLate()}`)),
            )
      const end = (): void => {
        this.#calls.delete(call)
        stopTimer?.()
        signal?.removeEventListener('abort', onAbort)
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#calls.set(call, {
        method,
        onAcknowledged: limits.onAcknowledged,
        resolve: (body) => {
          end()
          resolve(body)
        },
        reject: (error) => {
          end()
          reject(error)
        },
      })
    })
  }

  methodOf(call: CallId): string | undefined {
    return this.#calls.get(call)?.method
  }

  resolve(call: CallId, body: Uint8Array): void {
    this.#calls.get(call)?.resolve(body)
  }

  acknowledge(call: CallId): void {
    const pending = this.#calls.get(call)
    const tell = pending?.onAcknowledged
    if (pending !== undefined) pending.onAcknowledged = undefined
    tell?.()
  }

  reject(call: CallId, error: Error): void {
    this.#calls.get(call)?.reject(error)
  }

  rejectAll(errorFor: (method: string) => Error): void {
    for (const call of [...this.#calls.values()]) call.reject(errorFor(call.method))
  }
}
