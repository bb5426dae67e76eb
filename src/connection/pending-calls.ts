import { LocalError } from '../errors/errors.js'
import type { CallId } from '../mtproto/engine/engine.js'
import type { Platform } from '../platform/platform.js'
import type { CancelTimer } from '../platform/timers.js'
import type { Called, CallLimits } from './query.js'
import { abortedError } from './sleep.js'

interface PendingCall {
  readonly called: Called
  readonly resolve: (body: Uint8Array) => void
  readonly reject: (error: Error) => void
  onAcknowledged: (() => void) | undefined
  readonly timeoutMs: number | undefined
  /** When its time is up, on the monotonic clock. */
  readonly dueMs: number
  readonly signal: AbortSignal | undefined
  readonly onAbort: (() => void) | undefined
}

/** What the owner of calls does when one of them is given up. */
export interface CallOwner {
  /** The caller has lost interest. */
  cancel(call: CallId): void
  /** What is known about a delay, for the message of a timeout. */
  whyLate(): string
}

/**
 * The promises of calls that are under way. Each settles exactly once, and takes its listener along. One timer watches
 * the earliest of all limits: thousands of calls may wait at a time, and hardly any of them is ever late.
 */
export class PendingCalls {
  readonly #calls = new Map<CallId, PendingCall>()
  readonly #platform: Platform
  readonly #owner: CallOwner
  #watchedMs = Infinity
  #cancelTimer: CancelTimer | undefined

  constructor(platform: Platform, owner: CallOwner) {
    this.#platform = platform
    this.#owner = owner
  }

  get size(): number {
    return this.#calls.size
  }

  /** @param send queues the call and names it. */
  add({ method, wrappers = [] }: Called, limits: CallLimits, send: () => CallId): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const { signal, timeoutMs, onAcknowledged } = limits
      if (signal?.aborted === true) return reject(abortedError(method, signal))
      const call = send()
      const dueMs = timeoutMs === undefined ? Infinity : this.#nowMs() + timeoutMs
      const onAbort = signal && (() => this.#giveUp(call, abortedError(method, signal)))
      if (onAbort) signal.addEventListener('abort', onAbort, { once: true })
      this.#calls.set(call, { called: { method, wrappers }, resolve, reject, onAcknowledged, timeoutMs, dueMs, signal, onAbort })
      this.#watch(dueMs)
    })
  }

  /** What an error of the server is about. */
  calledBy(call: CallId): Called | undefined {
    return this.#calls.get(call)?.called
  }

  resolve(call: CallId, body: Uint8Array): void {
    this.#take(call)?.resolve(body)
  }

  acknowledge(call: CallId): void {
    const pending = this.#calls.get(call)
    const tell = pending?.onAcknowledged
    if (pending === undefined || tell === undefined) return
    pending.onAcknowledged = undefined
    // What it throws belongs to the one who passed it in, and must not end the reading of the packet.
    Promise.resolve().then(tell).catch((error: Error) => this.#giveUp(call, error))
  }

  reject(call: CallId, error: Error): void {
    this.#take(call)?.reject(error)
  }

  /** Afterwards no timer is left either. */
  rejectAll(errorFor: (method: string) => Error): void {
    for (const call of [...this.#calls.keys()]) {
      const pending = this.#take(call)
      pending?.reject(errorFor(pending.called.method))
    }
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    this.#watchedMs = Infinity
  }

  #take(call: CallId): PendingCall | undefined {
    const pending = this.#calls.get(call)
    if (pending === undefined) return undefined
    this.#calls.delete(call)
    if (pending.onAbort) pending.signal?.removeEventListener('abort', pending.onAbort)
    return pending
  }

  #giveUp(call: CallId, error: Error): void {
    if (!this.#calls.has(call)) return
    this.#owner.cancel(call)
    this.reject(call, error)
  }

  /** The timer is left as it is when a call ends: it finds nothing due then, and goes on to the next limit. */
  #watch(dueMs: number): void {
    if (dueMs >= this.#watchedMs) return
    this.#cancelTimer?.()
    this.#watchedMs = dueMs
    this.#cancelTimer = this.#platform.timers.set(Math.max(0, dueMs - this.#nowMs()), () => {
      this.#watchedMs = Infinity
      this.#cancelTimer = undefined
      this.#giveUpLate()
    })
  }

  #giveUpLate(): void {
    const nowMs = this.#nowMs()
    let nextMs = Infinity
    for (const [call, { called, timeoutMs = 0, dueMs }] of [...this.#calls]) {
      if (dueMs > nowMs) nextMs = Math.min(nextMs, dueMs)
      else {
        const message = `${called.method}: no answer within ${timeoutMs / 1000} s${this.#owner.whyLate()}`
        this.#giveUp(call, new LocalError('timeout', message))
      }
    }
    this.#watch(nextMs)
  }

  #nowMs(): number {
    return this.#platform.clock.now().monotonicMs
  }
}
