/**
 * Signals that fire together, one for each call: listeners are on the one parent once, however many calls there are
 * (Node warns of leaks when a signal has more than ten).
 */
export class AbortFamily {
  readonly #children = new Set<AbortController>()
  #reason: unknown
  #aborted = false

  /** Follows `parent` until `release`. */
  readonly #parent: AbortSignal | undefined
  readonly #onAbort = (): void => this.abort(this.#parent?.reason)

  constructor(parent?: AbortSignal) {
    this.#parent = parent
    if (parent?.aborted === true) this.#onAbort()
    else parent?.addEventListener('abort', this.#onAbort, { once: true })
  }

  get aborted(): boolean {
    return this.#aborted
  }

  abort(reason: unknown): void {
    if (this.#aborted) return
    this.#aborted = true
    this.#reason = reason
    for (const child of [...this.#children]) child.abort(reason)
    this.#children.clear()
  }

  /** The parent is no longer listened to. */
  release(): void {
    this.#parent?.removeEventListener('abort', this.#onAbort)
  }

  /** Runs `call` with a signal of its own. */
  async guard<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const child = new AbortController()
    if (this.#aborted) child.abort(this.#reason)
    this.#children.add(child)
    try {
      return await call(child.signal)
    } finally {
      this.#children.delete(child)
    }
  }
}
