/**
 * Counts one session's own content-related messages: twice their number before this one, plus one if this one is.
 * Content-related is what has to be acknowledged; acknowledgements, containers and other plain notices are not.
 * @see https://core.telegram.org/mtproto/description#message-sequence-number-msg-seqno
 */
export class SeqNoCounter {
  #contentRelated = 0

  next(contentRelated: boolean): number {
    const seqNo = 2 * this.#contentRelated
    if (!contentRelated) return seqNo
    this.#contentRelated = (this.#contentRelated + 1) & 0x3fff_ffff
    return seqNo + 1
  }
}

/** Whether a message with this seq_no has to be acknowledged. */
export function isContentRelated(seqNo: number): boolean {
  return (seqNo & 1) === 1
}
