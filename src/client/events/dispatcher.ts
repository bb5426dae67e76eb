import type { TlObject } from '../../tl/object.js'
import { StopPropagation, type EventBuilder, type UpdateConnectionState } from './builder.js'
import { Raw } from './raw.js'

export type EventHandler = (event: never) => unknown

interface Registered {
  readonly builder: EventBuilder
  readonly callback: EventHandler
}

/** Hands updates to the handlers, one update after the other, and each to the handlers in the order of their adding. */
export class EventDispatcher {
  #handlers: readonly Registered[] = []
  #last: Promise<void> = Promise.resolve()
  readonly #onError: (error: Error) => unknown

  constructor(onError: (error: Error) => unknown) {
    this.#onError = onError
  }

  add(callback: EventHandler, builder: EventBuilder = new Raw()): void {
    this.#handlers = [...this.#handlers, { builder, callback }]
  }

  /** Without `builder`, the callback is removed wherever it was added. */
  remove(callback: EventHandler, builder?: EventBuilder): void {
    this.#handlers = this.#handlers.filter((each) => each.callback !== callback || (builder !== undefined && each.builder !== builder))
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
    for (const { builder, callback } of this.#handlers) {
      try {
        const event = builder.build(update)
        if (event === undefined || (builder.filter !== undefined && !(await builder.filter(event)))) continue
        await callback(event as never)
      } catch (error) {
        if (error instanceof StopPropagation) return
        await this.#report(error as Error)
      }
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
