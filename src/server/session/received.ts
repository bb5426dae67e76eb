import { RECEIVED_WINDOW, UNACKNOWLEDGED_MS } from '../limits.js'

export type CallState = 'waiting' | 'running' | 'answered' | 'failed' | 'dropped'

/** One message of the client that the session has taken. */
export interface ReceivedMessage {
  readonly msgId: bigint
  readonly seqNo: number
  /** Set for queries alone. */
  call: CallState | undefined
  /** The message that carries the answer, once there is one. */
  answerId: bigint | undefined
  /** The client has acknowledged the answer. */
  answerSeen: boolean
  acknowledged: boolean
  /** Strict mode keeps a digest, to tell a repeated message from another one under the same id. */
  readonly digest: string | undefined
  /** It was overtaken by its own repetition: the packet that it left in first may still come. */
  readonly wasRepetition: boolean
  /**
   * The connection on which it came inside a container, as a repetition does. It may have overtaken the packet in which
   * the message left first, on another connection.
   */
  readonly containerLink: number | undefined
}

function isUnderWay({ call }: ReceivedMessage): boolean {
  return call === 'waiting' || call === 'running'
}

/** Bits of `msgs_state_info.info` (mtproto/service_messages_about_messages#informational-message-regarding-status). */
export const UNKNOWN = 1
const NOT_RECEIVED = 2
const NOT_RECEIVED_TOO_HIGH = 3
const RECEIVED = 4
const ACKNOWLEDGED = 8
const NEEDS_NO_ACK = 16
const PROCESSED = 32
const ANSWERED = 64
const ANSWER_SEEN = 128

/**
 * What a session remembers of the client's messages, newest last: enough to refuse duplicates, to report states, and
 * to check sequence numbers against the neighbours in msg_id order.
 */
export class ReceivedMessages {
  readonly #byId = new Map<bigint, ReceivedMessage>()
  /** All remembered ids in ascending order. */
  #ids: bigint[] = []
  #forgottenUpTo = 0n
  /** The highest id that there was at a time, in milliseconds. */
  #mark: { readonly upTo: bigint; readonly atMs: number } | undefined

  get size(): number {
    return this.#byId.size
  }

  get(msgId: bigint): ReceivedMessage | undefined {
    return this.#byId.get(msgId)
  }

  /** Ids up to here are forgotten: whether they were received can no longer be said. */
  get forgottenUpTo(): bigint {
    return this.#forgottenUpTo
  }

  /** The session begins with this id. Nobody can say whether an older message was received in one that is forgotten. */
  beginAt(msgId: bigint): void {
    this.#forgottenUpTo = msgId - 1n
  }

  /** The remembered messages on either side of an id that is not remembered. */
  neighbours(msgId: bigint): { lower: ReceivedMessage | undefined; higher: ReceivedMessage | undefined } {
    const place = this.#placeOf(msgId)
    const lower = this.#ids[place - 1]
    const higher = this.#ids[place]
    return {
      lower: lower === undefined ? undefined : this.#byId.get(lower),
      higher: higher === undefined ? undefined : this.#byId.get(higher),
    }
  }

  add(
    msgId: bigint,
    seqNo: number,
    about: Partial<Pick<ReceivedMessage, 'digest' | 'wasRepetition' | 'containerLink'>> = {},
  ): ReceivedMessage {
    const message: ReceivedMessage = {
      msgId,
      seqNo,
      call: undefined,
      answerId: undefined,
      answerSeen: false,
      acknowledged: false,
      digest: about.digest,
      wasRepetition: about.wasRepetition ?? false,
      containerLink: about.containerLink,
    }
    this.#byId.set(msgId, message)
    const place = this.#placeOf(msgId)
    if (place === this.#ids.length) this.#ids.push(msgId)
    else this.#ids.splice(place, 0, msgId)
    // Forgetting in blocks keeps the cost of one message constant.
    if (this.#ids.length > RECEIVED_WINDOW + 1024) this.#forget(this.#ids.length - RECEIVED_WINDOW)
    return message
  }

  /**
   * Forgets what came ten to twenty minutes ago, up to the first call that is still under way: such ids are refused for
   * their age, and the answers are forgotten, too.
   * @param nowMs on the monotonic clock
   */
  forgetOld(nowMs: number): void {
    const mark = this.#mark
    if (mark && nowMs - mark.atMs <= UNACKNOWLEDGED_MS) return
    if (mark) {
      const old = this.#placeOf(mark.upTo + 1n)
      let settled = 0
      while (settled < old && !isUnderWay(this.#byId.get(this.#ids[settled]!)!)) settled++
      this.#forget(settled)
    }
    const upTo = this.#ids.at(-1)
    this.#mark = upTo === undefined ? undefined : { upTo, atMs: nowMs }
  }

  /** One byte of `msgs_state_info`. */
  stateOf(msgId: bigint): number {
    const message = this.#byId.get(msgId)
    if (!message) {
      if (msgId <= this.#forgottenUpTo) return UNKNOWN
      const highest = this.#ids.at(-1)
      return highest === undefined || msgId > highest ? NOT_RECEIVED_TOO_HIGH : NOT_RECEIVED
    }
    let state = RECEIVED
    if (message.acknowledged) state |= ACKNOWLEDGED
    if (message.seqNo % 2 === 0) state |= NEEDS_NO_ACK
    if (message.call !== undefined && message.call !== 'waiting') state |= PROCESSED
    if (message.answerId !== undefined) state |= ANSWERED
    if (message.answerSeen) state |= ANSWER_SEEN
    return state
  }

  #forget(count: number): void {
    if (count === 0) return
    const gone = this.#ids.splice(0, count)
    for (const id of gone) this.#byId.delete(id)
    this.#forgottenUpTo = gone.at(-1)!
  }

  #placeOf(msgId: bigint): number {
    let low = 0
    let high = this.#ids.length
    if (high === 0 || this.#ids[high - 1]! < msgId) return high
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#ids[middle]! < msgId) low = middle + 1
      else high = middle
    }
    return low
  }
}
