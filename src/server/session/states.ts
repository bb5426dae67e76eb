import * as Mtproto from '../../../generated/mtproto/index.js'
import { MAX_SERVICE_IDS } from '../limits.js'
import type { ServerSession, SessionLink } from './server-session.js'
import type { ServiceHost } from './service-host.js'

/**
 * `msgs_ack#62d6b459 msg_ids:Vector<long> = MsgsAck;`
 * The client has these messages; they need not be kept.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#acknowledgment-of-receipt
 */
export function onAck(host: ServiceHost, session: ServerSession, msgId: bigint, { msgIds }: Mtproto.MsgsAck): void {
  tooManyIds(host, session, msgId, msgIds.length)
  for (const id of msgIds) {
    const message = session.outbox.remove(id)
    if (message?.answerTo !== undefined) {
      const query = session.received.get(message.answerTo)
      if (query) query.answerSeen = true
    } else if (!message && !session.hasSent(id) && id >= session.firstOwnId) {
      host.report(session, 'ack-of-unsent', msgId, `message ${id} is acknowledged, which this session never sent`)
    }
  }
}

/**
 * `msgs_state_req#da69fb52 msg_ids:Vector<long> = MsgsStateReq;`
 * `msgs_state_info#04deb57d req_msg_id:long info:bytes = MsgsStateInfo;`
 * `msg_detailed_info#276d3ec6 msg_id:long answer_msg_id:long bytes:int status:int = MsgDetailedInfo;`
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#request-for-message-status-information
 */
export function onStateRequest(
  host: ServiceHost,
  session: ServerSession,
  link: SessionLink,
  msgId: bigint,
  { msgIds }: Mtproto.MsgsStateReq,
): void {
  if (tooManyIds(host, session, msgId, msgIds.length)) return
  const info = Uint8Array.from(msgIds, (id) => session.stateOf(id))
  const answer = new Mtproto.MsgsStateInfo({ reqMsgId: msgId, info })
  session.enqueue(answer.getBytes(), { kind: 1, contentRelated: false, link })
  session.acknowledgedByAnswer(msgId)
  for (const id of msgIds) mentionAnswer(session, link, id)
}

/** Somebody who asks about a query whose answer has left lacks the answer: it is named, so that it can be asked for. */
function mentionAnswer(session: ServerSession, link: SessionLink, msgId: bigint): void {
  const answerId = session.received.get(msgId)?.answerId
  const answer = answerId === undefined ? undefined : session.outbox.get(answerId)
  if (answer?.sentOn === undefined || session.outbox.isQueued(answer)) return
  const info = new Mtproto.MsgDetailedInfo({ msgId, answerMsgId: answer.msgId, bytes: answer.body.length, status: 0 })
  session.enqueue(info.getBytes(), { kind: 3, contentRelated: false, link })
}

/**
 * `msg_resend_req#7d861a08 msg_ids:Vector<long> = MsgResendReq;`
 * Messages that are still kept leave once more; of the others the state is said, as for msgs_state_req.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#explicit-request-to-re-send-messages
 */
export function onResendRequest(
  host: ServiceHost,
  session: ServerSession,
  link: SessionLink,
  msgId: bigint,
  { msgIds }: Mtproto.MsgResendReq,
): void {
  if (tooManyIds(host, session, msgId, msgIds.length)) return
  const missing: bigint[] = []
  for (const id of msgIds) {
    const message = session.outbox.get(id)
    if (message) session.resend(message, link)
    else missing.push(id)
  }
  if (missing.length > 0) {
    const info = Uint8Array.from(msgIds, (id) => (missing.includes(id) ? 1 : 4))
    const answer = new Mtproto.MsgsStateInfo({ reqMsgId: msgId, info })
    session.enqueue(answer.getBytes(), { kind: 1, contentRelated: false, link })
  }
}

function tooManyIds(host: ServiceHost, session: ServerSession, msgId: bigint, count: number): boolean {
  if (count <= MAX_SERVICE_IDS) return false
  host.report(session, 'too-many-ids', msgId, `a message names ${count} messages, ${MAX_SERVICE_IDS} are allowed`)
  return true
}
