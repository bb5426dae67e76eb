import type { Timers } from '../../platform/timers.js'
import type { TlObject } from '../../tl/object.js'
import { StopPropagation, type EventBuilder, type EventClient, type UpdateConnectionState } from './builder.js'
import { Raw } from './raw.js'

export type EventHandler = (event: never) => unknown

interface Registered {
  readonly builder: EventBuilder
  readonly callback: EventHandler
  /** Undefined until the first update. */
  prepared: Promise<void> | undefined
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
  readonly #client: EventClient
  /** Absent where every update waits for the one before it. */
  readonly #timers: Timers | undefined
  readonly #onError: (error: Error) => unknown

  constructor(client: EventClient, timers: Timers | undefined, onError: (error: Error) => unknown) {
    this.#client = client
    this.#timers = timers
    this.#onError = onError
  }

  add(callback: EventHandler, builder: EventBuilder = new Raw()): void {
    this.#handlers = [...this.#handlers, { builder, callback, prepared: undefined }]
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
    const before = this.#turn
    return new Promise((finished) => {
      this.#turn = new Promise((next) => void before.then(() => this.#run(update, next)).then(next).then(finished))
    })
  }

  /** @param next called when the next update may begin, though this one is not finished. */
  async #run(update: TlObject | UpdateConnectionState, next: () => void): Promise<void> {
    for (const handler of this.#handlers) {
      const { builder, callback } = handler
      try {
        if (builder.prepare !== undefined) await this.#prepare(handler)
        const event = builder.build(update)
        if (event === undefined || (builder.filter !== undefined && !(await builder.filter(event)))) continue
        await this.#waitFor(callback(event as never), next)
      } catch (error) {
        if (error instanceof StopPropagation) return
        await this.#report(error as Error)
      }
    }
  }

  async #waitFor(outcome: unknown, next: () => void): Promise<void> {
    if (typeof (outcome as PromiseLike<unknown> | undefined)?.then !== 'function') return
    const cancel = this.#timers?.set(0, next)
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
      await this.#onError(error)
    } catch {
      // An error handler that fails has nobody left to tell.
    }
  }
}
