/** How a call ended for its caller. `given-up`: the client was disconnected while the call was under way. */
export type Ending = 'answered' | 'unknown-outcome' | 'given-up' | 'failed'

const OPEN = 1
const IDEMPOTENT = 2
/** While the call was open, the server forgot its sessions, or its client had not learnt yet that it had. */
const STATE_LOST = 4
const ENDED: Readonly<Record<Ending, number>> = { answered: 8, 'unknown-outcome': 16, 'given-up': 32, failed: 64 }
const FIRST_CAPACITY = 1 << 16

/** The books over every call, a byte for each, so that a long run does not show in the memory that is measured. */
export class CallLedger {
  readonly counts: Record<Ending, number> = { answered: 0, 'unknown-outcome': 0, 'given-up': 0, failed: 0 }
  readonly problems: string[] = []
  #calls = new Uint8Array(FIRST_CAPACITY)
  #next = 0
  #open = 0
  /** The first call after the server had last forgotten its sessions, and the clients that have had an answer since. */
  #firstSince = 0
  #knowing: Set<number> | undefined

  get calls(): number {
    return this.#next
  }

  get open(): number {
    return this.#open
  }

  /** @returns the number of the new call. */
  begin(client: number, idempotent: boolean): number {
    if (this.#next === this.#calls.length) {
      const longer = new Uint8Array(2 * this.#next)
      longer.set(this.#calls)
      this.#calls = longer
    }
    this.#calls[this.#next] = OPEN | (idempotent ? IDEMPOTENT : 0) | (this.#knowing?.has(client) === false ? STATE_LOST : 0)
    this.#open++
    return this.#next++
  }

  end(client: number, call: number, ending: Ending, why: string = ''): void {
    const state = this.#calls[call]!
    if ((state & OPEN) === 0) return this.#problem(`call ${call} ended twice, the second time as ${ending}`)
    this.#calls[call] = (state & ~OPEN) | ENDED[ending]
    this.#open--
    this.counts[ending]++
    if (ending === 'answered' && call >= this.#firstSince) this.#knowing?.add(client)
    if (ending === 'failed') this.#problem(`call ${call} failed: ${why}`)
    if (ending !== 'unknown-outcome') return
    if ((state & IDEMPOTENT) !== 0) this.#problem(`call ${call} is idempotent, and ended as unknown`)
    if ((state & STATE_LOST) === 0) this.#problem(`call ${call} ended as unknown, and the server had forgotten nothing`)
  }

  /**
   * The server is about to forget its sessions. Calls that are open may end as unknown from here on; so may those that a
   * client sends over a link of which it has not noticed yet that it is gone.
   */
  stateIsLost(): void {
    this.#knowing = new Set()
    this.#firstSince = Infinity
    for (let call = 0; call < this.#next; call++) if ((this.#calls[call]! & OPEN) !== 0) this.#calls[call]! |= STATE_LOST
  }

  /** The server has forgotten them: an answer to a call from here on tells its client so. */
  stateWasLost(): void {
    this.#firstSince = this.#next
  }

  /** Compares what callers were told with how often the server carried each call out. @returns the executions in all. */
  balance(executions: Uint8Array): number {
    let total = 0
    for (let call = 0; call < Math.max(this.#next, executions.length); call++) {
      const times = executions[call] ?? 0
      total += times
      if (call >= this.#next) {
        if (times > 0) this.#problem(`the server carried out call ${call}, which nobody made`)
        continue
      }
      const state = this.#calls[call]!
      if ((state & OPEN) !== 0) this.#problem(`call ${call} was never settled`)
      if ((state & IDEMPOTENT) === 0 && times > 1) this.#problem(`call ${call} was carried out ${times} times`)
      if ((state & ENDED.answered) !== 0 && times === 0) this.#problem(`call ${call} was answered and never carried out`)
    }
    return total
  }

  #problem(what: string): void {
    this.problems.push(what)
  }
}
