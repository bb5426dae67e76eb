import { seededRandom } from '../../src/platform/manual.js'
import type { Random } from '../../src/platform/random.js'

/** Reproducible choices: every decision of a run comes from one of these, and so from the run's seed. */
export class Dice {
  readonly #random: Random
  readonly #word = new Uint8Array(4)

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  /** From 0 up to, but without, 1. */
  unit(): number {
    this.#random.fill(this.#word)
    return new DataView(this.#word.buffer).getUint32(0) / 2 ** 32
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1))
  }

  pick<const Values extends readonly [unknown, ...unknown[]]>(values: Values): Values[number] {
    return values[this.between(0, values.length - 1)]
  }

  /** Times between events that happen every `mean` on average and know nothing of each other. */
  wait(mean: number): number {
    return -Math.log(1 - this.unit()) * mean
  }
}
