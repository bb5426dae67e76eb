import * as Mt from '../../../generated/mtproto/index.js'
import type { Message } from '../container.js'
import type { SessionState } from '../engine/session.js'
import { stateInfoItem } from '../engine/service-item.js'
import { readExactly } from '../service-codec.js'
import { receivedStates } from './msgs-state-req.js'
import type { Effect } from './effect.js'

/**
 * `msg_resend_req#7d861a08 msg_ids:Vector<long> = MsgResendReq;`
 * The server wants messages again. They are sent under new ids: the bare repetition of an encrypted message would tell
 * an onlooker too much. When one of them is not known any more, the request is answered as one for states.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#explicit-request-to-re-send-messages
 */
export function onMsgResendReq(state: SessionState, message: Message): readonly Effect[] {
  const { msgIds } = readExactly(message.body, Mt.MsgResendReq)
  const named = msgIds.map((msgId) => state.sent.named(msgId) ?? [])
  const again: Effect = { do: 'send-again', msgIds: named.flat() }
  if (named.every((ids) => ids.length > 0)) return [again]
  return [again, { do: 'send', item: stateInfoItem(message.msgId, receivedStates(state, msgIds)) }]
}
