import { LocalError, RemoteError } from '../../errors/errors.js'
import type { Instant } from '../../platform/clock.js'
import type { Random } from '../../platform/random.js'
import { MAX_REFUSALS } from '../limits.js'
import { ServerClock } from '../msg-id.js'
import type { Call } from './call.js'
import { CallBook } from './call-book.js'
import type { EngineEvent } from './engine.js'

/** What every part of the engine shares: the calls, the events, the clock of the server, the number of the link. */
export class EngineCore {
  readonly random: Random
  readonly clock: ServerClock
  readonly calls: CallBook = new CallBook()
  /** Counts the links. What was sent over an earlier one may not have arrived. */
  link = 0
  #events: EngineEvent[] = []
  #head = 0

  constructor(random: Random, clock: ServerClock) {
    this.random = random
    this.clock = clock
  }

  emit(event: EngineEvent): void {
    this.#events.push(event)
  }

  nextEvent(): EngineEvent | undefined {
    if (this.#head === this.#events.length) return undefined
    const event = this.#events[this.#head++]
    if (this.#head === this.#events.length) {
      this.#events = []
      this.#head = 0
    }
    return event
  }

  fail(call: Call, error: RemoteError | LocalError): void {
    this.calls.end(call)
    this.emit({ type: 'failed', call: call.id, error })
  }

  /** The server has certainly not carried the call out. One that it refuses again and again is given up. */
  sendAgain(call: Call): void {
    if (this.mayGoAgain(call)) this.calls.sendAgain(call)
  }

  /** Counts how often a call goes out again, and gives it up in the end. */
  mayGoAgain(call: Call): boolean {
    call.refusals++
    if (call.refusals <= MAX_REFUSALS) return true
    this.fail(
      call,
      new RemoteError('service', `the server refused to take the message ${MAX_REFUSALS} times`, {
        path: 'bad_msg_notification',
      }),
    )
    return false
  }

  /** Nobody can say whether the server has carried the call out: sent again only where that does no harm. */
  outcomeUnknown(call: Call): void {
    if (call.idempotent) return this.calls.sendAgain(call)
    this.fail(
      call,
      new LocalError('unknown-outcome', 'the call was sent, and the server no longer knows whether it was carried out'),
    )
  }

  /** The first sign that the server has the call. */
  received(call: Call, now: Instant): void {
    if (call.state === 'sent') call.state = 'acknowledged'
    call.touchedMs = now.monotonicMs
    this.report(call)
  }

  report(call: Call): void {
    if (!call.quickAck || call.reported || call.state === 'ended') return
    call.reported = true
    this.emit({ type: 'acknowledged', call: call.id })
  }
}
