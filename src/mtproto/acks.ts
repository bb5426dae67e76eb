import { MAX_ACK_AGE_MS, MAX_SERVICE_IDS, MAX_WAITING_ACKS, RIDING_ACKS, RIDING_ACK_AGE_MS } from './limits.js'

/**
 * The received messages that are still to be acknowledged. They ride along with service messages, and with calls when
 * there are some of them or the oldest is not quite new; by themselves they are sent when there are many or when the
 * oldest has waited long.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#acknowledgment-of-receipt
 */
export class AckQueue {
  readonly #ids = new Set<bigint>()
  #oldestMs = 0

  get size(): number {
    return this.#ids.size
  }

  has(msgId: bigint): boolean {
    return this.#ids.has(msgId)
  }

  add(msgId: bigint, monotonicMs: number): void {
    if (this.#ids.size === 0) this.#oldestMs = monotonicMs
    this.#ids.add(msgId)
  }

  /** Whether a call takes them along. */
  ride(monotonicMs: number): boolean {
    return this.#ids.size >= RIDING_ACKS || (this.#ids.size > 0 && monotonicMs - this.#oldestMs >= RIDING_ACK_AGE_MS)
  }

  /** When they have to be sent, if nothing else is: on the monotonic clock; `undefined` when there are none. */
  dueMs(): number | undefined {
    if (this.#ids.size === 0) return undefined
    return this.#ids.size >= MAX_WAITING_ACKS ? this.#oldestMs : this.#oldestMs + MAX_ACK_AGE_MS
  }

  /** Takes the ids for one msgs_ack. */
  take(): bigint[] {
    const taken: bigint[] = []
    for (const id of this.#ids) {
      if (taken.length === MAX_SERVICE_IDS) break
      taken.push(id)
    }
    if (taken.length === this.#ids.size) this.#ids.clear()
    else for (const id of taken) this.#ids.delete(id)
    return taken
  }
}
