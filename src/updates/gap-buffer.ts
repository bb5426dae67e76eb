import { GAP_WAIT_MS } from './limits.js'

export type Verdict = 'apply' | 'old' | 'gap'

interface Held<Item> {
  readonly item: Item
  readonly value: number
  readonly count: number
}

/**
 * One counter, and what came too early for it. `value` is where an item leads, `count` how far it goes: it applies when
 * it
 * starts where the counter stands.
 */
export class GapBuffer<Item> {
  #held: Held<Item>[] = []
  #fetchAtMs: number | undefined

  /** When the missing items have to be fetched, or `undefined` where none are missing. */
  get fetchAtMs(): number | undefined {
    return this.#fetchAtMs
  }

  static judge(local: number, value: number, count: number): Verdict {
    if (local + count === value) return 'apply'
    return local + count > value ? 'old' : 'gap'
  }

  hold(item: Item, value: number, count: number, nowMs: number): void {
    this.#held.push({ item, value, count })
    this.#held.sort((a, b) => a.value - a.count - (b.value - b.count))
    this.#fetchAtMs ??= nowMs + GAP_WAIT_MS
  }

  /** The next held item that applies at `local`; those that have become old are dropped. */
  take(local: number): { readonly item: Item; readonly value: number } | undefined {
    while (this.#held.length > 0) {
      const [first] = this.#held
      const verdict = GapBuffer.judge(local, first!.value, first!.count)
      if (verdict === 'gap') return undefined
      this.#held.shift()
      if (this.#held.length === 0) this.#fetchAtMs = undefined
      if (verdict === 'apply') return first
    }
    return undefined
  }

  /** The missing items are being fetched: what is held stays, and no longer asks. */
  fetching(): void {
    this.#fetchAtMs = undefined
  }

  /** What is still missing after a fetch has to be fetched again. */
  stillMissing(nowMs: number): void {
    if (this.#held.length > 0) this.#fetchAtMs ??= nowMs + GAP_WAIT_MS
  }
}
