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

/**
 * The last N msg_ids that one session has received, sorted. They arrive nearly in order, so that most are appended.
 * @see https://core.telegram.org/mtproto/security_guidelines#checking-msg-id
 */
export class ReceivedIds {
  readonly #capacity: number
  #ids: bigint[] = []
  #contentRelated: boolean[] = []
  #full = false

  constructor(capacity: number = REMEMBERED_MSG_IDS) {
    this.#capacity = capacity
  }

  /** Judges `msgId`, and remembers it when it is new. */
  accept(msgId: bigint, seqNo: number): Freshness {
    const ids = this.#ids
    const content = isContentRelated(seqNo)
    if (ids.length === 0 || msgId > ids[ids.length - 1]!) {
      ids.push(msgId)
      this.#contentRelated.push(content)
    } else {
      const place = this.#placeOf(msgId)
      if (ids[place] === msgId) return 'duplicate'
      if (place === 0 && this.#full) return 'old'
      ids.splice(place, 0, msgId)
      this.#contentRelated.splice(place, 0, content)
    }
    if (ids.length >= 2 * this.#capacity) this.#forgetOldest()
    else if (ids.length >= this.#capacity) this.#full = true
    return 'new'
  }

  has(msgId: bigint): boolean {
    return this.#ids[this.#placeOf(msgId)] === msgId
  }

  /** The byte of msgs_state_info for `msgId`, without the acknowledged flag. */
  stateOf(msgId: bigint): number {
    const place = this.#placeOf(msgId)
    if (this.#ids[place] === msgId) return STATE_RECEIVED | (this.#contentRelated[place] ? 0 : STATE_FLAG_NEEDS_NO_ACK)
    if (place === this.#ids.length) return STATE_NOT_YET_RECEIVED
    return place === 0 ? STATE_FORGOTTEN : STATE_NOT_RECEIVED
  }

  #forgetOldest(): void {
    this.#ids = this.#ids.slice(-this.#capacity)
    this.#contentRelated = this.#contentRelated.slice(-this.#capacity)
  }

  /** The index of the first id that is not lower. */
  #placeOf(msgId: bigint): number {
    let low = 0
    let high = this.#ids.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#ids[middle]! < msgId) low = middle + 1
      else high = middle
    }
    return low
  }
}
