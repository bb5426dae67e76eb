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

/** Hands updates to the handlers, one update after the other, and each to the handlers in the order of their adding. */
export class EventDispatcher {
  #handlers: readonly Registered[] = []
  #last: Promise<void> = Promise.resolve()
  readonly #onError: (error: Error) => unknown

  readonly #client: EventClient

  constructor(client: EventClient, onError: (error: Error) => unknown) {
    this.#client = client
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
    if (this.#handlers.length === 0) return this.#last
    this.#last = this.#last.then(() => this.#run(update))
    return this.#last
  }

  async #run(update: TlObject | UpdateConnectionState): Promise<void> {
    for (const handler of this.#handlers) {
      const { builder, callback } = handler
      try {
        if (builder.prepare !== undefined) await this.#prepare(handler)
        const event = builder.build(update)
        if (event === undefined || (builder.filter !== undefined && !(await builder.filter(event)))) continue
        await callback(event as never)
      } catch (error) {
        if (error instanceof StopPropagation) return
        await this.#report(error as Error)
      }
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
