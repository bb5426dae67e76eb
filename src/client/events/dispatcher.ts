import type { CancelTimer, Timers } from '../../platform/timers.js'
import type { TlObject } from '../../tl/object.js'
import {
  StopPropagation,
  type ClientBound,
  type EventBuilder,
  type EventClient,
  type Later,
  type UpdateConnectionState,
} from './builder.js'
import { Raw } from './raw.js'

export type EventHandler = (event: never) => unknown

interface Registered {
  readonly builder: EventBuilder
  readonly callback: EventHandler
  /** Undefined until the first update. */
  prepared: Promise<void> | undefined
  readonly later: Later
}

export interface DispatcherOptions {
  readonly timers: Timers
  /** Whether every update waits for the one before it. */
  readonly sequential: boolean
  /** Whether the client is connected, or connecting again: without that, no event is held back. */
  readonly isRunning: () => boolean
  readonly onError: (error: Error) => unknown
}

/**
 * Hands each update to the handlers in the order of their adding, one after the other, and the updates in their order.
 * An update does not wait for one before it whose handler takes longer than a turn of the event loop: a handler that
 * waits for the next message has to get it.
 */
export class EventDispatcher {
  #handlers: readonly Registered[] = []
  /** Settled when the update after the last one may begin. */
  #turn: Promise<void> = Promise.resolve()
  /** Hands out each event that is held back. */
  readonly #held = new Set<() => void>()
  readonly #client: EventClient
  readonly #options: DispatcherOptions

  constructor(client: EventClient, options: DispatcherOptions) {
    this.#client = client
    this.#options = options
  }

  add(callback: EventHandler, builder: EventBuilder = new Raw()): void {
    const later: Later = (delayMs, make) => this.#hold(handler, delayMs, make)
    const handler: Registered = { builder, callback, prepared: undefined, later }
    this.#handlers = [...this.#handlers, handler]
  }

  /** Without `builder`, the callback is removed wherever it was added. */
  remove(callback: EventHandler, builder?: EventBuilder): void {
    this.#handlers = this.#handlers.filter(
      (each) => each.callback !== callback || (builder !== undefined && each.builder !== builder),
    )
  }

  list(): [EventBuilder, EventHandler][] {
    return this.#handlers.map(({ builder, callback }) => [builder, callback])
  }

  clear(): void {
    this.#handlers = []
  }

  /** Returns at once; the promise tells when every handler has finished with this update. */
  dispatch(update: TlObject | UpdateConnectionState): Promise<void> {
    if (this.#handlers.length === 0) return this.#turn
    return this.#inTurn((next) => this.#run(update, next))
  }

  /** The client disconnects: events that are held back are handed out now. */
  release(): void {
    for (const release of this.#held) release()
  }

  #hold(handler: Registered, delayMs: number, make: () => unknown): CancelTimer {
    const stop = (): void => {
      cancel()
      this.#held.delete(release)
    }
    const release = (): void => {
      stop()
      if (this.#handlers.includes(handler)) void this.#inTurn((next) => this.#hand(handler, make, next))
    }
    const { timers, isRunning } = this.#options
    const cancel = timers.set(isRunning() ? delayMs : 0, release)
    this.#held.add(release)
    return stop
  }

  /** @param act what to do when everything before it is done; it calls `next` when what follows may begin already. */
  #inTurn(act: (next: () => void) => Promise<unknown>): Promise<void> {
    const before = this.#turn
    return new Promise((finished) => {
      this.#turn = new Promise((next) => void before.then(() => act(next)).then(() => next()).then(finished))
    })
  }

  async #run(update: TlObject | UpdateConnectionState, next: () => void): Promise<void> {
    for (const handler of this.#handlers) {
      if (await this.#hand(handler, () => handler.builder.build(update, handler.later), next)) return
    }
  }

  /** @returns whether the handler stopped the propagation. */
  async #hand(handler: Registered, make: () => unknown, next: () => void): Promise<boolean> {
    const { builder, callback } = handler
    try {
      if (builder.prepare !== undefined) await this.#prepare(handler)
      const event = make()
      if (event === undefined) return false
      ;(event as Partial<ClientBound>)._setClient?.(this.#client)
      if (builder.filter === undefined || (await builder.filter(event)))
        await this.#waitFor(callback(event as never), next)
    } catch (error) {
      if (error instanceof StopPropagation) return true
      await this.#report(error as Error)
    }
    return false
  }

  async #waitFor(outcome: unknown, next: () => void): Promise<void> {
    if (typeof (outcome as PromiseLike<unknown> | undefined)?.then !== 'function') return
    const { sequential, timers } = this.#options
    const cancel = sequential ? undefined : timers.set(0, next)
    try {
      await outcome
    } finally {
      cancel?.()
    }
  }

  /** A failure is told once per update, and tried again with the next. */
  async #prepare(handler: Registered): Promise<void> {
    handler.prepared ??= handler.builder.prepare!(this.#client)
    try {
      await handler.prepared
    } catch (error) {
      handler.prepared = undefined
      throw error
    }
  }

  async #report(error: Error): Promise<void> {
    try {
      await this.#options.onError(error)
    } catch {
      // An error handler that fails has nobody left to tell.
    }
  }
}
