import { HALF_OPEN_MS, MAX_KEPT_BYTES, MAX_KEPT_MESSAGES, UNACKNOWLEDGED_MS } from '../limits.js'

/** Where packets of a session leave: one connection. Compared by identity. */
export interface PacketSink {
  readonly open: boolean
}

export interface OutgoingMessage<Sink extends PacketSink = PacketSink> {
  readonly msgId: bigint
  readonly seqNo: number
  readonly body: Uint8Array
  /** Odd seq_no: it stays until the client acknowledges it. */
  readonly contentRelated: boolean
  /** The query that this answers. */
  readonly answerTo: bigint | undefined
  readonly createdMs: number
  /** The connection that it shall leave on; where that is gone, any other of the session. */
  target: Sink | undefined
  /** The connection on which it last left; absent while it never did. */
  sentOn: Sink | undefined
  /** When it last left, on the monotonic clock. */
  sentMs: number
  /** It leaves again under its old id, so it has to travel inside a container. */
  repeated: boolean
}

/**
 * What a session has to say: messages that wait for a connection, and those that left and are not acknowledged.
 * Messages stay until they are acknowledged or ten minutes old, whatever becomes of the connections.
 */
export class Outbox<Sink extends PacketSink> {
  #queue = new Set<OutgoingMessage<Sink>>()
  readonly #kept = new Map<bigint, OutgoingMessage<Sink>>()
  #keptBytes = 0

  /** Messages that wait to leave. */
  get queued(): number {
    return this.#queue.size
  }

  get unacknowledged(): number {
    return this.#kept.size
  }

  add(message: OutgoingMessage<Sink>): void {
    this.#queue.add(message)
    if (!message.contentRelated) return
    this.#kept.set(message.msgId, message)
    this.#keptBytes += message.body.length
    while (this.#kept.size > MAX_KEPT_MESSAGES || this.#keptBytes > MAX_KEPT_BYTES) {
      this.#forget(this.#kept.values().next().value!)
    }
  }

  get(msgId: bigint): OutgoingMessage<Sink> | undefined {
    return this.#kept.get(msgId)
  }

  /** Puts a kept message at the end of the queue again, once. */
  repeat(message: OutgoingMessage<Sink>): void {
    if (this.#queue.has(message)) return
    message.repeated = message.repeated || message.sentOn !== undefined
    this.#queue.add(message)
  }

  /** Whether the message waits to leave, for the first time or again. */
  isQueued(message: OutgoingMessage<Sink>): boolean {
    return this.#queue.has(message)
  }

  /** Forgets a message that needs no sending any more; the message, where it was still kept. */
  remove(msgId: bigint): OutgoingMessage<Sink> | undefined {
    const message = this.#kept.get(msgId)
    if (message) {
      this.#forget(message)
      if (message.sentOn === undefined) this.#queue.delete(message)
    }
    return message
  }

  /** Kept messages that left on a connection that is gone, or so long ago that it is likely to be half open. */
  stranded(nowMs: number): OutgoingMessage<Sink>[] {
    const found: OutgoingMessage<Sink>[] = []
    for (const message of this.#kept.values()) {
      if (nowMs - message.createdMs > UNACKNOWLEDGED_MS) this.#forget(message)
      else if (message.sentOn !== undefined && this.#isLost(message, nowMs)) found.push(message)
    }
    return found
  }

  #forget({ msgId, body }: OutgoingMessage<Sink>): void {
    if (this.#kept.delete(msgId)) this.#keptBytes -= body.length
  }

  #isLost({ sentOn, sentMs }: OutgoingMessage<Sink>, nowMs: number): boolean {
    return !sentOn?.open || nowMs - sentMs > HALF_OPEN_MS
  }

  /** Empties the queue. */
  take(): Iterable<OutgoingMessage<Sink>> {
    const queue = this.#queue
    this.#queue = new Set()
    return queue
  }

  /** Puts messages back that found no connection; they keep their order, and what is kept no more is forgotten. */
  putBack(messages: readonly OutgoingMessage<Sink>[], nowMs: number): void {
    const still = messages.filter((message) => this.#isWorthSending(message, nowMs))
    this.#queue = new Set([...still, ...this.#queue])
  }

  #isWorthSending(message: OutgoingMessage<Sink>, nowMs: number): boolean {
    if (nowMs - message.createdMs > UNACKNOWLEDGED_MS) return false
    return !message.contentRelated || this.#kept.get(message.msgId) === message
  }
}
