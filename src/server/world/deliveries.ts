import type * as Api from '../../../generated/api/index.js'

/** What happened, ready to be pushed, and to whom. */
export interface Delivery {
  readonly userId: bigint
  readonly updates: Api.TypeUpdates
  /** The key whose own query caused it: its answer says the same, so it gets no push. */
  readonly exceptKeyId: bigint | undefined
}

/** Where the world leaves what it wants pushed; the data centres subscribe. */
export class Deliveries {
  readonly #listeners = new Set<(delivery: Delivery) => void>()

  subscribe(listener: (delivery: Delivery) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  deliver(delivery: Delivery): void {
    for (const listener of this.#listeners) listener(delivery)
  }
}
