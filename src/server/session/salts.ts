import { randomUint64, type Random } from '../../platform/random.js'

export interface ServerSalt {
  readonly salt: bigint
  /** Wall-clock milliseconds. */
  readonly sinceMs: number
  readonly untilMs: number
}

export interface SaltPlan {
  readonly periodMs: number
  readonly overlapMs: number
}

/**
 * The salts of one key: each is current for a period and accepted for an overlap more, so that a client that holds
 * the previous one is not refused. The first salt is the one that the key exchange gave both sides.
 * @see https://core.telegram.org/mtproto/description#server-salt
 */
export class SaltSchedule {
  readonly #random: Random
  readonly #plan: SaltPlan
  #salts: ServerSalt[]

  constructor(first: bigint, nowMs: number, random: Random, plan: SaltPlan) {
    this.#random = random
    this.#plan = plan
    this.#salts = [{ salt: BigInt.asIntN(64, first), sinceMs: nowMs, untilMs: nowMs + plan.periodMs }]
  }

  current(nowMs: number): bigint {
    this.#extend(nowMs, 1)
    return this.#salts[0]!.salt
  }

  /** Whether a message that bears this salt is taken: the current one, or the one before while they overlap. */
  accepts(salt: bigint, nowMs: number): boolean {
    const signed = BigInt.asIntN(64, salt)
    if (this.#salts[0]!.salt === signed && nowMs < this.#salts[0]!.untilMs) return true
    this.#extend(nowMs, 1)
    return this.#salts[0]!.salt === signed || (this.#previous?.salt === signed && this.#stillAccepted(nowMs))
  }

  /** The current salt and those that follow it, each valid until its overlap ends. */
  upcoming(count: number, nowMs: number): ServerSalt[] {
    this.#extend(nowMs, count)
    return this.#salts.slice(0, count).map((salt) => ({ ...salt, untilMs: salt.untilMs + this.#plan.overlapMs }))
  }

  /** Makes a new salt current at once and refuses all others, announced ones too. */
  replaceAll(nowMs: number): void {
    this.#previous = undefined
    this.#salts = [this.#fresh(nowMs)]
  }

  #previous: ServerSalt | undefined

  #stillAccepted(nowMs: number): boolean {
    return this.#previous !== undefined && nowMs < this.#previous.untilMs + this.#plan.overlapMs
  }

  #extend(nowMs: number, count: number): void {
    while (this.#salts[0]!.untilMs <= nowMs) {
      this.#previous = this.#salts.shift()
      if (this.#salts.length === 0) {
        // Periods that nobody asked about leave no salt behind: the next one begins where the clock now stands.
        const skipped = Math.floor((nowMs - this.#previous!.untilMs) / this.#plan.periodMs) * this.#plan.periodMs
        this.#salts.push(this.#fresh(this.#previous!.untilMs + skipped))
      }
    }
    while (this.#salts.length < count) this.#salts.push(this.#fresh(this.#salts.at(-1)!.untilMs))
  }

  #fresh(sinceMs: number): ServerSalt {
    return {
      salt: BigInt.asIntN(64, randomUint64(this.#random)),
      sinceMs,
      untilMs: sinceMs + this.#plan.periodMs,
    }
  }
}
