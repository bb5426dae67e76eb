import * as Mt from '../../../generated/mtproto/index.js'
import type { Message } from '../container.js'
import type { SessionState } from '../engine/session.js'
import { resendRequestItem } from '../engine/service-item.js'
import { readExactly } from '../service-codec.js'
import type { Effect } from './effect.js'

/**
 * `msg_detailed_info#276d3ec6 msg_id:long answer_msg_id:long bytes:int status:int = MsgDetailedInfo;`
 * The server has answered a message and does not repeat the answer, which may be long, unless it is asked to.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#extended-voluntary-communication-of-status-of-one-message
 */
export function onMsgDetailedInfo(state: SessionState, message: Message): readonly Effect[] {
  const { msgId, answerMsgId } = readExactly(message.body, Mt.MsgDetailedInfo)
  return [{ do: 'received', msgIds: [msgId] }, fetch(state, answerMsgId)]
}

/**
 * `msg_new_detailed_info#809db6df answer_msg_id:long bytes:int status:int = MsgDetailedInfo;`
 * The same for a message that answers nothing.
 */
export function onMsgNewDetailedInfo(state: SessionState, message: Message): readonly Effect[] {
  return [fetch(state, readExactly(message.body, Mt.MsgNewDetailedInfo).answerMsgId)]
}

/** What has arrived is acknowledged; what has not is asked for, and never acknowledged before it is there. */
function fetch(state: SessionState, answerMsgId: bigint): Effect {
  if (state.received.has(answerMsgId)) return { do: 'acknowledge', msgId: answerMsgId }
  return { do: 'send', item: resendRequestItem([answerMsgId]) }
}
