import { UNACKNOWLEDGED_MS } from '../../src/server/limits.js'
import type { Violation } from '../../src/server/strict.js'

/** An oracle does not hold: the run has shown a fault of the client (or of the server). */
export class BrokenOracle extends Error {
  readonly oracle: string

  constructor(oracle: string, what: string) {
    super(`${oracle}: ${what}`)
    this.name = 'BrokenOracle'
    this.oracle = oracle
  }
}

const STORY_LINES = 4000
/** What the simulated server refuses calls with. Any other refusal is of the client's making. */
const PLANNED_REFUSAL = /FLOOD_WAIT|INTERNAL|Timeout|FILE_MIGRATE/

export type Outcome = 'answered' | 'refused' | 'unknown-outcome' | 'aborted' | 'failed'

/** One call of the script, as the outside sees it. */
export interface SimulatedCall {
  readonly nonce: string
  readonly idempotent: boolean
  readonly startedMs: number
  outcome: Outcome | undefined
  settledMs: number | undefined
  executions: number
  /** When the server carried it out or refused to, since the client last sent it; `Infinity`: it has done neither. */
  handledMs: number
  /** What the server has answered, one text for each execution. */
  readonly answers: string[]
}

export interface Counts {
  calls: number
  answered: number
  refused: number
  unknown: number
  aborted: number
  executions: number
  connections: number
  dropped: number
  duplicated: number
  swapped: number
  truncated: number
  flipped: number
  resets: number
  replayed: number
  blackHoles: number
  restarts: number
  sessionsForgotten: number
  saltsReplaced: number
  keysLost: number
  clockSteps: number
  floods: number
  migrations: number
  updates: number
  packets: number
  keys: number
}

export function noCounts(): Counts {
  return {
    calls: 0,
    answered: 0,
    refused: 0,
    unknown: 0,
    aborted: 0,
    executions: 0,
    connections: 0,
    dropped: 0,
    duplicated: 0,
    swapped: 0,
    truncated: 0,
    flipped: 0,
    resets: 0,
    replayed: 0,
    blackHoles: 0,
    restarts: 0,
    sessionsForgotten: 0,
    saltsReplaced: 0,
    keysLost: 0,
    clockSteps: 0,
    floods: 0,
    migrations: 0,
    updates: 0,
    packets: 0,
    keys: 0,
  }
}

/** Keeps the books of one run and says as soon as they do not balance. */
export class Ledger {
  readonly counts: Counts = noCounts()
  readonly open: Set<SimulatedCall> = new Set()
  readonly #calls = new Map<string, SimulatedCall>()
  readonly #packets = new Set<string>()
  readonly #nowMs: () => number
  readonly #tolerated: (violation: Violation) => boolean
  /** Since the last moment at which everything was known to be well, the server has forgotten what it knew of calls. */
  stateLost = false
  /** What happened, newest last, for whoever has to find out why. */
  readonly story: string[] = []
  /** What was broken where nobody could be told at once: thrown by the next step. */
  broken: BrokenOracle | undefined

  /** @param tolerated whether a violation is the network's doing and not the client's. */
  constructor(tolerated: (violation: Violation) => boolean, nowMs: () => number) {
    this.#tolerated = tolerated
    this.#nowMs = nowMs
  }

  note(what: string): void {
    this.story.push(`${(this.#nowMs() / 1000).toFixed(3).padStart(10)}  ${what}`)
    if (this.story.length > 2 * STORY_LINES) this.story.splice(0, STORY_LINES)
  }

  begin(nonce: string, idempotent: boolean, nowMs: number): SimulatedCall {
    const call: SimulatedCall = { nonce, idempotent, startedMs: nowMs, outcome: undefined, settledMs: undefined, executions: 0, handledMs: Infinity, answers: [] }
    this.#calls.set(nonce, call)
    this.open.add(call)
    this.counts.calls++
    this.note(`${nonce} is called${idempotent ? ', idempotent' : ''}`)
    return call
  }

  /** The client sends a call, or sends it once more as the server has refused it. */
  sent(nonce: string | undefined): void {
    const call = nonce === undefined ? undefined : this.#calls.get(nonce)
    if (call) call.handledMs = Infinity
  }

  /** The server carries a call out. */
  executed(nonce: string): void {
    const call = this.#calls.get(nonce)
    if (call === undefined) return this.fail('executed as called', `the server carried out ${nonce}, which nobody called`)
    call.executions++
    call.handledMs = this.#nowMs()
    this.note(`server carries out ${nonce}`)
    this.counts.executions++
    if (!call.idempotent && call.executions > 1) this.fail('at most once', `${nonce} was carried out ${call.executions} times`)
  }

  /** The server refuses to carry a call out. */
  refused(nonce: string, message: string): void {
    const call = this.#calls.get(nonce)
    if (call) call.handledMs = this.#nowMs()
    this.note(`server refuses ${nonce}: ${message}`)
  }

  /** Writes down what the server answers. */
  answer(nonce: string, text: string): string {
    const call = this.#calls.get(nonce)
    if (call) call.answers.push(text)
    return text
  }

  settled(call: SimulatedCall, outcome: Outcome, nowMs: number, error?: Error): void {
    if (call.outcome !== undefined) return this.fail('settled once', `${call.nonce} was ${call.outcome}, and then ${outcome}`)
    this.note(`${call.nonce} is ${outcome}${error ? `: ${error.message}` : ''}`)
    call.outcome = outcome
    call.settledMs = nowMs
    this.open.delete(call)
    const { counts } = this
    if (outcome === 'answered') {
      counts.answered++
      if (call.executions === 0) this.fail('answered as executed', `${call.nonce} was answered and never carried out`)
    } else if (outcome === 'unknown-outcome') {
      counts.unknown++
      if (call.idempotent) this.fail('outcome known', `${call.nonce} is idempotent, and ended as unknown`)
      // With the answer that nobody fetched, result or refusal, the server forgets what it knew of the call.
      const answerGone = nowMs - call.handledMs >= UNACKNOWLEDGED_MS
      if (!this.stateLost && !answerGone) this.fail('outcome known', `${call.nonce} ended as unknown, and the server had forgotten nothing`)
    } else if (outcome === 'aborted') counts.aborted++
    else if (outcome === 'refused') {
      counts.refused++
      if (!PLANNED_REFUSAL.test(error?.message ?? '')) this.fail('no call lost', `${call.nonce} was refused: ${error?.message}`)
    }
    else this.fail('no call lost', `${call.nonce} failed: ${error?.message}`)
  }

  /** All is well: what is settled is settled for good, and nothing was forgotten since. */
  close(): void {
    this.check()
    this.stateLost = false
    for (const [nonce, call] of this.#calls) if (call.outcome !== undefined) this.#calls.delete(nonce)
  }

  /** Nothing may stay open for longer than this once the network is well again. */
  allSettledBefore(startMs: number, nowMs: number): void {
    for (const call of this.open) {
      if (call.startedMs > startMs) continue
      this.fail('recovery', `${call.nonce} is still open after ${Math.round((nowMs - call.startedMs) / 1000)} s, the last of them without faults`)
      return
    }
  }

  /** A packet of the client: auth_key_id and msg_key are its first 24 bytes. */
  packet(payload: Uint8Array): void {
    this.counts.packets++
    const header = String.fromCharCode(...payload.subarray(0, 24))
    if (this.#packets.has(header)) this.fail('packets differ', 'two packets have the same auth_key_id and msg_key')
    this.#packets.add(header)
  }

  violation(violation: Violation): void {
    this.note(`violation ${violation.code}: ${violation.what}`)
    // A refusal makes the client leave its session, and with it the answers that were lost on their way.
    if (typeof violation.code === 'number' && violation.code !== 19) this.stateLost = true
    if (this.#tolerated(violation)) return
    this.fail('protocol kept', `${violation.code}: ${violation.what}`)
  }

  fail(oracle: string, what: string): void {
    this.broken ??= new BrokenOracle(oracle, what)
  }

  check(): void {
    if (this.broken) throw this.broken
  }
}
