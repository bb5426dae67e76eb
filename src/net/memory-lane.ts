import { concat } from '../bytes/bytes.js'
import type { Platform } from '../platform/platform.js'
import { randomBytes } from '../platform/random.js'
import type { CancelTimer } from '../platform/timers.js'
import { HIGH_WATER } from './limits.js'
import type { LaneFaults } from './memory-faults.js'

const LONGEST_RANDOM_PIECE = 64
/** Times are sums of fractions: what is due within a microsecond is due now. */
const ROUNDING_MS = 0.001

/** What a lane reports. `end` and `reset` come once, and nothing after them. */
export interface LaneEvents {
  piece(bytes: Uint8Array): void
  end(): void
  reset(): void
  drained(): void
}

interface InFlight {
  readonly dueMs: number
  readonly bytes: Uint8Array | 'end' | 'reset'
}

/** One direction of a memory pipe: bytes go in, and come out later, in the same order, cut and damaged as told. */
export class MemoryLane {
  readonly #platform: Platform
  readonly #faults: LaneFaults
  readonly #events: LaneEvents
  #inFlight: InFlight[] = []
  #cancelTimer: CancelTimer | undefined
  #writes = 0
  #swapped: Uint8Array | undefined
  #offset = 0 // bytes sent
  #waiting = 0 // bytes sent that have not arrived
  #freeAtMs = 0 // when the line has sent what it was given
  #lastDueMs = 0
  #full = false
  #over = false // nothing more goes in
  #discarded = false // nothing more comes out

  constructor(platform: Platform, faults: LaneFaults, events: LaneEvents) {
    this.#platform = platform
    this.#faults = faults
    this.#events = events
  }

  /** Sends one write; `false` when the lane is full until `drained`. */
  send(bytes: Uint8Array): boolean {
    if (this.#over || bytes.length === 0) return true
    const fate = this.#faults.writes?.[this.#writes++]
    if (fate === 'swap') {
      this.#flushSwapped()
      this.#swapped = bytes.slice()
      return !this.#full
    }
    if (fate !== 'drop') this.#carry(bytes.slice())
    if (fate === 'duplicate') this.#carry(bytes.slice())
    this.#flushSwapped()
    this.#full = this.#waiting >= HIGH_WATER
    return !this.#full
  }

  get unsentBytes(): number {
    return this.#waiting
  }

  /** Ends the stream behind what was sent. */
  end(): void {
    if (this.#over) return
    this.#flushSwapped()
    this.#over = true
    if (this.#faults.loseClose !== true && !this.#swallows(this.#offset)) this.#schedule('end', 0)
  }

  /** Forgets everything on the way, and reports nothing from now on. */
  discard(): void {
    this.#over = this.#discarded = true
    this.#inFlight = []
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
  }

  #flushSwapped(): void {
    const held = this.#swapped
    this.#swapped = undefined
    if (held !== undefined) this.#carry(held)
  }

  #swallows(offset: number): boolean {
    return offset >= (this.#faults.blackHoleAfterBytes ?? Infinity)
  }

  /** Puts bytes on the line: flips, cuts, and the offsets at which the stream stops. */
  #carry(bytes: Uint8Array): void {
    const { resetAfterBytes, endAfterBytes, blackHoleAfterBytes, flips } = this.#faults
    for (const { offset, mask } of flips ?? []) {
      const at = offset - this.#offset
      if (at >= 0 && at < bytes.length) bytes[at]! ^= mask
    }
    const stop = Math.min(resetAfterBytes ?? Infinity, endAfterBytes ?? Infinity, blackHoleAfterBytes ?? Infinity)
    const left = Math.max(0, stop - this.#offset)
    const passing = left < bytes.length ? bytes.subarray(0, left) : bytes
    for (const piece of this.#cut(passing)) {
      this.#waiting += piece.length
      this.#schedule(piece, piece.length)
    }
    this.#offset += bytes.length
    if (this.#offset < stop || this.#over) return
    this.#over = true
    if (stop === blackHoleAfterBytes) return
    this.#schedule(stop === resetAfterBytes ? 'reset' : 'end', 0)
  }

  *#cut(bytes: Uint8Array): Generator<Uint8Array> {
    const { pieces } = this.#faults
    let start = 0
    while (start < bytes.length) {
      let end = bytes.length
      if (typeof pieces === 'number') end = start + Math.max(1, pieces)
      else if (pieces === 'random') end = start + 1 + (randomBytes(this.#platform.random, 1)[0]! % LONGEST_RANDOM_PIECE)
      else if (pieces) end = (pieces.find((offset) => offset > this.#offset + start) ?? Infinity) - this.#offset
      yield bytes.subarray(start, end)
      start = end
    }
  }

  #schedule(bytes: InFlight['bytes'], length: number): void {
    const { latencyMs = 0, jitterMs = 0, bytesPerSecond } = this.#faults
    const nowMs = this.#platform.clock.now().monotonicMs
    this.#freeAtMs = Math.max(nowMs, this.#freeAtMs) + (bytesPerSecond === undefined ? 0 : (length * 1000) / bytesPerSecond)
    const jitter = jitterMs === 0 ? 0 : (jitterMs * randomBytes(this.#platform.random, 1)[0]!) / 256
    const dueMs = Math.max(this.#lastDueMs, this.#freeAtMs + latencyMs + jitter)
    this.#lastDueMs = dueMs
    this.#inFlight.push({ dueMs, bytes })
    this.#setTimer()
  }

  #setTimer(): void {
    const next = this.#inFlight[0]
    if (next === undefined || this.#cancelTimer !== undefined) return
    const delayMs = Math.max(0, next.dueMs - this.#platform.clock.now().monotonicMs)
    this.#cancelTimer = this.#platform.timers.set(delayMs, () => {
      this.#cancelTimer = undefined
      this.#arrive()
      this.#setTimer()
    })
  }

  /** Hands over everything that is due. A handler may close the pipe in the middle of it. */
  #arrive(): void {
    const horizonMs = this.#platform.clock.now().monotonicMs + ROUNDING_MS
    let count = 0
    while (count < this.#inFlight.length && this.#inFlight[count]!.dueMs <= horizonMs) count++
    const due = this.#inFlight.slice(0, count).map(({ bytes }) => bytes)
    this.#inFlight = this.#inFlight.slice(count)
    for (const bytes of this.#faults.merge === true ? merged(due) : due) {
      if (this.#discarded) return
      if (bytes === 'end') this.#events.end()
      else if (bytes === 'reset') this.#events.reset()
      else {
        this.#waiting -= bytes.length
        this.#events.piece(bytes)
      }
    }
    if (this.#discarded || !this.#full || this.#waiting >= HIGH_WATER) return
    this.#full = false
    this.#events.drained()
  }
}

/** Joins the pieces that stand side by side. */
function merged(due: readonly InFlight['bytes'][]): InFlight['bytes'][] {
  const out: InFlight['bytes'][] = []
  let run: Uint8Array[] = []
  for (const bytes of due) {
    if (bytes instanceof Uint8Array) {
      run.push(bytes)
      continue
    }
    out.push(concat(...run), bytes)
    run = []
  }
  out.push(concat(...run))
  return out.filter((bytes) => bytes.length > 0)
}
