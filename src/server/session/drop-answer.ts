import * as Mtproto from '../../../generated/mtproto/index.js'
import type { TlObject } from '../../tl/object.js'
import { encodeRpcResult } from './rpc-result.js'
import type { ServerSession, SessionLink } from './server-session.js'

/**
 * `rpc_drop_answer#58e4a740 req_msg_id:long = RpcDropAnswer;`
 * A query that still runs is answered by rpc_answer_dropped_running, and so is the request to drop it; an answer that
 * was not acknowledged is taken back; of anything else nothing is known.
 * @see https://core.telegram.org/mtproto/service_messages#request-for-answer-cancellation
 */
export function onDropAnswer(
  session: ServerSession,
  link: SessionLink,
  msgId: bigint,
  { reqMsgId }: Mtproto.RpcDropAnswer,
): void {
  const query = session.received.get(reqMsgId)
  if (query?.call === 'running' || query?.call === 'waiting') {
    query.call = 'dropped'
    answer(session, link, reqMsgId, new Mtproto.RpcAnswerDroppedRunning({}))
    answer(session, link, msgId, new Mtproto.RpcAnswerDroppedRunning({}))
    return
  }
  const kept = query?.answerId === undefined ? undefined : session.outbox.remove(query.answerId)
  const verdict = kept
    ? new Mtproto.RpcAnswerDropped({ msgId: kept.msgId, seqNo: kept.seqNo, bytes: kept.body.length })
    : new Mtproto.RpcAnswerUnknown({})
  answer(session, link, msgId, verdict)
}

function answer(session: ServerSession, link: SessionLink, answerTo: bigint, result: TlObject): void {
  session.enqueue(encodeRpcResult(answerTo, result), { kind: 1, contentRelated: true, answerTo, link })
  session.acknowledgedByAnswer(answerTo)
}
