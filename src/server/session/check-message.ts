import { msgIdMs } from '../../mtproto/msg-id.js'
import { ID_MSG_CONTAINER, ID_MSGS_ACK, ID_MSG_COPY } from '../../mtproto/constructors.js'
import { MESSAGE_FUTURE_SECONDS, MESSAGE_PAST_SECONDS } from '../limits.js'
import type { ReceivedMessages } from './received.js'

/** Codes of bad_msg_notification (mtproto/service_messages_about_messages#notice-of-ignored-error-message). */
export type BadMessageCode = 16 | 17 | 18 | 19 | 20 | 32 | 33 | 34 | 35 | 64

export interface Refusal {
  readonly code: BadMessageCode
  /** Wrong, but so common among clients that a real server takes it: strict mode reports it, nothing is refused. */
  readonly forgiven?: boolean
  readonly what: string
}

/** Judges a msg_id by the server's clock and by its two low bits. */
export function checkMsgId(msgId: bigint, nowMs: number): Refusal | undefined {
  const ageSeconds = (nowMs - msgIdMs(msgId)) / 1000
  if (ageSeconds > MESSAGE_PAST_SECONDS) {
    return { code: 16, what: `msg_id is ${Math.round(ageSeconds)} s old, at most ${MESSAGE_PAST_SECONDS} are allowed` }
  }
  if (-ageSeconds > MESSAGE_FUTURE_SECONDS) {
    const ahead = Math.round(-ageSeconds)
    return { code: 17, what: `msg_id lies ${ahead} s ahead, at most ${MESSAGE_FUTURE_SECONDS} are allowed` }
  }
  if (msgId % 4n !== 0n) return { code: 18, what: `msg_id ${msgId} of a client is not divisible by 4` }
  return undefined
}

export interface NumberedMessage {
  readonly msgId: bigint
  readonly seqNo: number
  readonly constructorId: number
  readonly isQuery: boolean
}

/**
 * Judges the seq_no of a message that was not seen before: parity by what the message is, and order against the
 * messages that its msg_id falls between. Only acknowledgements and containers are known never to need a reply;
 * clients differ in how they count pings and the like, and all of them are taken.
 * @see https://core.telegram.org/mtproto/description#message-sequence-number-msg-seqno
 */
export function checkSeqNo(
  message: NumberedMessage,
  received: ReceivedMessages,
): Refusal | undefined {
  const { msgId, seqNo, constructorId } = message
  const odd = seqNo % 2 !== 0
  if (!odd && message.isQuery) return { code: 35, what: `seq_no ${seqNo} is even for a query` }
  const { lower, higher } = received.neighbours(msgId)
  if (lower && (lower.seqNo > seqNo || (lower.seqNo === seqNo && odd))) {
    return { code: 32, what: `seq_no ${seqNo} is too low: an earlier message has ${lower.seqNo}` }
  }
  if (higher && (higher.seqNo < seqNo || (higher.seqNo === seqNo && odd))) {
    return { code: 33, what: `seq_no ${seqNo} is too high: a later message has ${higher.seqNo}` }
  }
  if (odd && NEVER_ACKNOWLEDGED.has(constructorId)) {
    return { code: 34, what: `seq_no ${seqNo} is odd for a message that needs no reply`, forgiven: true }
  }
  return undefined
}

const NEVER_ACKNOWLEDGED: ReadonlySet<number> = new Set([ID_MSG_CONTAINER, ID_MSGS_ACK, ID_MSG_COPY])
