import type { Instant } from '../platform/clock.js'

const TWO_32 = 0x1_0000_0000

/**
 * The server's clock, told from the monotonic clock alone, so that setting the wall clock changes nothing. It is
 * `certain` once the server has said what time it is in a way that nobody else could have.
 */
export class ServerClock {
  #offsetMs: number
  #certain = false

  /** @param serverTimeOffsetMs server time less the wall clock, as remembered from an earlier run. */
  constructor(now: Instant, serverTimeOffsetMs = 0) {
    this.#offsetMs = now.wallMs - now.monotonicMs + serverTimeOffsetMs
  }

  get certain(): boolean {
    return this.#certain
  }

  /** Milliseconds since 1970, as the server counts. */
  nowMs(now: Instant): number {
    return now.monotonicMs + this.#offsetMs
  }

  /** The monotonic clock's reading when it is `serverMs` at the server. */
  monotonicAt(serverMs: number): number {
    return serverMs - this.#offsetMs
  }

  /** The server says that it is `serverMs` now. */
  set(serverMs: number, now: Instant): void {
    this.#offsetMs = serverMs - now.monotonicMs
    this.#certain = true
  }

  /** Server time less the wall clock. */
  offsetFromWallMs(now: Instant): number {
    return this.nowMs(now) - now.wallMs
  }
}

/** The two low bits: 0 from a client; 1 from a server in answer to something, 3 from a server otherwise. */
export type MsgIdKind = 0 | 1 | 3

const KIND_BITS = { 0: 0n, 1: 1n, 3: 3n } as const

/**
 * Makes msg_ids: about unixtime * 2^32, strictly increasing, whatever the clock does.
 * @see https://core.telegram.org/mtproto/description#message-identifier-msg-id
 */
export class MsgIdGenerator {
  #last = 0n
  #lastMs = Number.NaN

  /** The latest id that was made; 0n before the first. */
  get last(): bigint {
    return this.#last
  }

  next(serverMs: number, kind: MsgIdKind = 0): bigint {
    // Messages of one packet are made at one moment: the time counts for the first of them alone.
    const id = serverMs === this.#lastMs ? 0n : msgIdAt(serverMs) + KIND_BITS[kind]
    this.#lastMs = serverMs
    this.#last = id > this.#last ? id : this.#last + 4n - (this.#last & 3n) + KIND_BITS[kind]
    return this.#last
  }
}

/** The lowest msg_id of that moment, divisible by 4. */
export function msgIdAt(serverMs: number): bigint {
  const seconds = Math.floor(serverMs / 1000)
  const fraction = Math.floor(((serverMs - seconds * 1000) * TWO_32) / 1000)
  return (BigInt(seconds) << 32n) | BigInt((fraction & ~3) >>> 0)
}

/** The server time that a msg_id was made at, in milliseconds since 1970. */
export function msgIdMs(msgId: bigint): number {
  return Number(msgId >> 32n) * 1000 + Math.floor((Number(msgId & 0xffff_ffffn) * 1000) / TWO_32)
}
