import type { Call } from './engine/call.js'
import type { ServiceItem } from './engine/service-item.js'
import { MAX_LINKS, MAX_SENT_RECORDS, SENT_RECORD_MS } from './limits.js'

interface Dated<T> {
  readonly value: T
  readonly sentMs: number
}

/**
 * What one session has sent and may hear about: calls until they are answered; service messages and the contents of
 * containers for some minutes, so that a notice about them is understood and one about anything else is not.
 */
export class SentMessages {
  readonly #calls = new Map<bigint, Call>()
  readonly #items = new Map<bigint, Dated<ServiceItem>>()
  readonly #repeats = new Map<bigint, Dated<bigint>>()
  readonly #containers = new Map<bigint, Dated<readonly bigint[]>>()
  /** The links that carried something, with the first msg_id that each did; ids grow. */
  readonly #links: { readonly link: number; readonly firstMsgId: bigint }[] = []

  get callCount(): number {
    return this.#calls.size
  }

  calls(): IterableIterator<Call> {
    return this.#calls.values()
  }

  call(msgId: bigint): Call | undefined {
    return this.#calls.get(msgId)
  }

  item(msgId: bigint): ServiceItem | undefined {
    return this.#items.get(msgId)?.value
  }

  addCall(call: Call): void {
    this.#calls.set(call.msgId, call)
  }

  /** A message leaves, or leaves again in a container of this msg_id, over the link of that number. */
  leftOver(link: number, msgId: bigint): void {
    if (this.#links.at(-1)?.link === link) return
    this.#links.push({ link, firstMsgId: msgId })
    if (this.#links.length > MAX_LINKS) this.#links.shift()
  }

  /** The link that carried a message or container first; `undefined` for one from before all that are remembered. */
  linkOf(msgId: bigint): number | undefined {
    let carrier: number | undefined
    for (const { link, firstMsgId } of this.#links) if (firstMsgId <= msgId) carrier = link
    return carrier
  }

  addItem(msgId: bigint, item: ServiceItem, monotonicMs: number): void {
    forgetOld(this.#items, monotonicMs)
    this.#items.set(msgId, { value: item, sentMs: monotonicMs })
  }

  addContainer(msgId: bigint, contents: readonly bigint[], monotonicMs: number): void {
    forgetOld(this.#containers, monotonicMs)
    this.#containers.set(msgId, { value: contents, sentMs: monotonicMs })
  }

  addRepeat(msgId: bigint, container: bigint, monotonicMs: number): void {
    forgetOld(this.#repeats, monotonicMs)
    this.#repeats.delete(msgId)
    this.#repeats.set(msgId, { value: container, sentMs: monotonicMs })
  }

  /** The call or service message is done with: answered, or about to go out under another msg_id. */
  remove(msgId: bigint): void {
    if (!this.#calls.delete(msgId)) this.#items.delete(msgId)
  }

  /**
   * The messages that a notice about `msgId` speaks of: those of a container, or the one itself; `undefined` when no
   * such message was sent lately. Messages that are done with are left out.
   */
  named(msgId: bigint): readonly bigint[] | undefined {
    const container = this.#containers.get(msgId)
    if (container) return container.value.filter((inner) => this.#has(inner))
    return this.#has(msgId) ? [msgId] : undefined
  }

  /** The container that carried a message last, if the message went out again under its old msg_id lately. */
  repeatedIn(msgId: bigint): bigint | undefined {
    return this.#repeats.get(msgId)?.value
  }

  #has(msgId: bigint): boolean {
    return this.#calls.has(msgId) || this.#items.has(msgId)
  }
}

/** Maps keep the order of insertion, so that the oldest record is the first one. */
function forgetOld<T>(records: Map<bigint, Dated<T>>, monotonicMs: number): void {
  for (const [msgId, { sentMs }] of records) {
    if (records.size < MAX_SENT_RECORDS && monotonicMs - sentMs < SENT_RECORD_MS) return
    records.delete(msgId)
  }
}
