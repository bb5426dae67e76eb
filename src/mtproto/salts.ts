import { MIN_FUTURE_SALTS } from './limits.js'

/** A salt and the stretch of server time, in unix seconds, in which the server takes it. */
export interface SaltPeriod {
  readonly validSince: number
  readonly validUntil: number
  readonly salt: bigint
}

/**
 * The salts of one key: the one in use, and those that the server has announced for later.
 * @see https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts
 */
export class Salts {
  #current: bigint
  #future: SaltPeriod[] = []

  constructor(salt: bigint) {
    this.#current = salt
  }

  /** The salt for a packet that is sent at `serverSeconds`. */
  at(serverSeconds: number): bigint {
    while (this.#future.length > 0 && this.#future[0]!.validSince <= serverSeconds) {
      const period = this.#future.shift()!
      if (serverSeconds < period.validUntil) this.#current = period.salt
    }
    return this.#current
  }

  /** The server said which salt it wants now. Announced salts stay: they are for later. */
  adopt(salt: bigint): void {
    this.#current = salt
  }

  /** The server announced salts; what it announced before is replaced. */
  announce(periods: readonly SaltPeriod[], serverSeconds: number): void {
    this.#future = periods
      .filter((period) => period.validUntil > serverSeconds && period.validSince < period.validUntil)
      .sort((a, b) => a.validSince - b.validSince)
  }

  /** Whether it is time to ask for more. */
  runningLow(serverSeconds: number): boolean {
    this.at(serverSeconds)
    return this.#future.length < MIN_FUTURE_SALTS
  }
}
