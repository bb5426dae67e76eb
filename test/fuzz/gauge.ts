import { readFileSync } from 'node:fs'
import { heldBytes } from '../support/memory.js'

/** `FUZZ_CASES=1000000` makes a run as long as that; `FUZZ_SEED` repeats one. */
export const CASES: number = Number(process.env['FUZZ_CASES'] ?? 3000)
export const SEED: number = Number(process.env['FUZZ_SEED'] ?? 20_261_124)

const LONGEST_STEP_MS = 50
const MOST_HELD_BYTES = 64 * 2 ** 20
const SAMPLES = 20

/** What is asked of every fuzz run: no step blocks for 50 ms, and memory stays within 64 MB of its start. */
export class Gauge {
  readonly #startBytes = heldBytes()
  #mostHeld = 0
  #longestMs = 0
  #cases = 0
  #cpu = process.cpuUsage()

  /**
   * Runs one step. On a machine that does other things as well the clock may say too much: then the step costs no more
   * than what this process has used in its case so far. (To ask for that at every step takes longer than most steps.)
   */
  step<Result>(action: () => Result): Result {
    const startMs = performance.now()
    try {
      return action()
    } finally {
      let costMs = performance.now() - startMs
      if (costMs >= LONGEST_STEP_MS) {
        const { user, system } = process.cpuUsage(this.#cpu)
        costMs = Math.min(costMs, (user + system) / 1000)
      }
      if (costMs > this.#longestMs) this.#longestMs = costMs
    }
  }

  /** One case is over. Now and then memory is looked at. */
  case(): void {
    if (++this.#cases % Math.ceil(CASES / SAMPLES) === 0) this.#sample()
    this.#cpu = process.cpuUsage()
  }

  /** What the run has shown, in a line. @throws where a limit was passed. */
  verdict(what: string): void {
    this.#sample()
    const grown = (this.#mostHeld / 2 ** 20).toFixed(1)
    const line = `${what}: ${this.#cases} cases, longest step ${this.#longestMs.toFixed(1)} ms, memory grew by at most ${grown} MB, seed ${SEED}`
    console.log(line)
    if (this.#longestMs >= LONGEST_STEP_MS) throw new Error(`a step took too long; ${line}`)
    if (this.#mostHeld >= MOST_HELD_BYTES) throw new Error(`memory grew too much; ${line}`)
  }

  #sample(): void {
    this.#mostHeld = Math.max(this.#mostHeld, heldBytes() - this.#startBytes)
  }
}

/** Bytes that were of interest once, with the reason why: tried as they are, and as the start of damaged ones. */
export function corpus(name: 'framing' | 'handshake' | 'payload'): Uint8Array[] {
  const text = readFileSync(new URL(`corpus/${name}.json`, import.meta.url), 'utf8')
  const entries = JSON.parse(text) as readonly { readonly why: string; readonly hex: string }[]
  return entries.map(({ hex }) => new Uint8Array(Buffer.from(hex, 'hex')))
}
