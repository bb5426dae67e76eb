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

/** The messages that are to be sent later, each with a timer. */
export class Schedule {
  readonly #platform: Platform
  readonly #waiting = new Map<Scheduled, CancelTimer>()
  #lastId = 0

  constructor(platform: Platform) {
    this.#platform = platform
  }

  /** These numbers have nothing to do with those of messages that were sent. */
  nextId(): number {
    return ++this.#lastId
  }

  add(scheduled: Scheduled, onDue: (scheduled: Scheduled) => void): void {
    const leftMs = scheduled.message.date * 1000 - this.#platform.clock.now().wallMs
    const cancel = this.#platform.timers.set(Math.max(0, leftMs), () => onDue(scheduled))
    this.#waiting.set(scheduled, cancel)
  }

  /** What somebody is going to say somewhere, the last first. */
  of(from: WorldUser, to: WorldPeer): Scheduled[] {
    const own = [...this.#waiting.keys()].filter(({ sent }) => sent.from === from && sent.to === to)
    return own.sort((a, b) => b.message.date - a.message.date || b.message.id - a.message.id)
  }

  remove(scheduled: Scheduled): void {
    this.#waiting.get(scheduled)?.()
    this.#waiting.delete(scheduled)
  }

  /** Nothing is sent any more. */
  end(): void {
    for (const scheduled of [...this.#waiting.keys()]) this.remove(scheduled)
  }
}
