import type * as Api from '../../../generated/api/index.js'
import type { Platform } from '../../platform/platform.js'
import type { CancelTimer } from '../../platform/timers.js'
import type { NewMessage } from './messages.js'
import type { WorldPeer, WorldUser } from './peers.js'

/** A message that waits for its time. */
export interface Scheduled {
  /** As its sender sees it: under a number of its own, with the date when it will be sent. */
  readonly message: Api.Message
  /** What will be sent. */
  readonly sent: NewMessage
}

/** Sends a message, and removes it. */
type Send = (scheduled: Scheduled) => void

/** The messages that are to be sent later. All share one timer: of those with the same date, the first goes first. */
export class Schedule {
  readonly #platform: Platform
  readonly #waiting = new Map<Scheduled, Send>()
  #cancelTimer: CancelTimer | undefined
  #isPaused = false
  #lastId = 0

  constructor(platform: Platform) {
    this.#platform = platform
  }

  /** These numbers have nothing to do with those of messages that were sent. */
  nextId(): number {
    return ++this.#lastId
  }

  add(scheduled: Scheduled, send: Send): void {
    this.#waiting.set(scheduled, send)
    this.#awaitNext()
  }

  /** What somebody is going to say somewhere, the last first. */
  of(from: WorldUser, to: WorldPeer): Scheduled[] {
    const own = [...this.#waiting.keys()].filter(({ sent }) => sent.from === from && sent.to === to)
    return own.sort((a, b) => (isBefore(a, b) ? 1 : -1))
  }

  remove(scheduled: Scheduled): void {
    this.#waiting.delete(scheduled)
    this.#awaitNext()
  }

  /** Nothing is sent, and no timer is set, until it goes on. */
  pause(): void {
    this.#isPaused = true
    this.#awaitNext()
  }

  /** What has become due meanwhile is sent now. */
  resume(): void {
    this.#isPaused = false
    this.#awaitNext()
  }

  #awaitNext(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    if (this.#isPaused || this.#waiting.size === 0) return
    const [next, send] = [...this.#waiting].reduce((first, each) => (isBefore(each[0], first[0]) ? each : first))
    const leftMs = next.message.date * 1000 - this.#platform.clock.now().wallMs
    this.#cancelTimer = this.#platform.timers.set(Math.max(0, leftMs), () => send(next))
  }
}

function isBefore({ message: a }: Scheduled, { message: b }: Scheduled): boolean {
  return a.date < b.date || (a.date === b.date && a.id < b.id)
}
