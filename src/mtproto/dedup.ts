import { REMEMBERED_MSG_IDS } from './limits.js'
import { isContentRelated } from './seq-no.js'

/** `old`: lower than every id that is remembered, so that nobody can tell whether it is a duplicate. */
export type Freshness = 'new' | 'duplicate' | 'old'

/**
 * What msgs_state_info says about a message.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#informational-message-regarding-status-of-messages
 */
export const STATE_FORGOTTEN = 1
export const STATE_NOT_RECEIVED = 2
export const STATE_NOT_YET_RECEIVED = 3
export const STATE_RECEIVED = 4
export const STATE_FLAG_ACKNOWLEDGED = 8
export const STATE_FLAG_NEEDS_NO_ACK = 16

/** Room for the ids of a session that has just begun; it doubles as they come. */
const FIRST_ROOM = 64

/**
 * The last N msg_ids that one session has received, sorted. They arrive nearly in order, so that most are appended. They
 * are the most that an engine holds in the long run, and so they are kept as numbers in a row, nine bytes each.
 * @see https://core.telegram.org/mtproto/security_guidelines#checking-msg-id
 */
export class ReceivedIds {
  readonly #capacity: number
  #ids = new BigInt64Array(FIRST_ROOM)
  /** 1 for content-related messages. */
  #contentRelated = new Uint8Array(FIRST_ROOM)
  #length = 0
  #highest = 0n
  #full = false

  constructor(capacity: number = REMEMBERED_MSG_IDS) {
    this.#capacity = capacity
  }

  /** Judges `msgId`, and remembers it when it is new. */
  accept(msgId: bigint, seqNo: number): Freshness {
    let place = this.#length
    if (place > 0 && msgId <= this.#highest) {
      place = this.#placeOf(msgId)
      if (this.#isAt(place, msgId)) return 'duplicate'
      if (place === 0 && this.#full) return 'old'
    }
    this.#insert(place, msgId, isContentRelated(seqNo))
    if (this.#length >= 2 * this.#capacity) this.#forgetOldest()
    else if (this.#length >= this.#capacity) this.#full = true
    return 'new'
  }

  has(msgId: bigint): boolean {
    return this.#isAt(this.#placeOf(msgId), msgId)
  }

  /** The byte of msgs_state_info for `msgId`, without the acknowledged flag. */
  stateOf(msgId: bigint): number {
    const place = this.#placeOf(msgId)
    if (this.#isAt(place, msgId)) {
      return STATE_RECEIVED | (this.#contentRelated[place] === 1 ? 0 : STATE_FLAG_NEEDS_NO_ACK)
    }
    if (place === this.#length) return STATE_NOT_YET_RECEIVED
    return place === 0 ? STATE_FORGOTTEN : STATE_NOT_RECEIVED
  }

  #insert(place: number, msgId: bigint, contentRelated: boolean): void {
    if (this.#length === this.#ids.length) this.#makeRoom()
    if (place < this.#length) {
      this.#ids.copyWithin(place + 1, place, this.#length)
      this.#contentRelated.copyWithin(place + 1, place, this.#length)
    } else {
      this.#highest = msgId
    }
    this.#ids[place] = msgId
    this.#contentRelated[place] = contentRelated ? 1 : 0
    this.#length++
  }

  #makeRoom(): void {
    const ids = new BigInt64Array(2 * this.#length)
    const contentRelated = new Uint8Array(2 * this.#length)
    ids.set(this.#ids)
    contentRelated.set(this.#contentRelated)
    this.#ids = ids
    this.#contentRelated = contentRelated
  }

  #forgetOldest(): void {
    const first = this.#length - this.#capacity
    this.#ids.copyWithin(0, first, this.#length)
    this.#contentRelated.copyWithin(0, first, this.#length)
    this.#length = this.#capacity
  }

  #isAt(place: number, msgId: bigint): boolean {
    return place < this.#length && this.#ids[place] === msgId
  }

  /** The index of the first id that is not lower. */
  #placeOf(msgId: bigint): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#ids[middle]! < msgId) low = middle + 1
      else high = middle
    }
    return low
  }
}
