import * as Mt from '../../../generated/mtproto/index.js'
import type { Message } from '../container.js'
import { stateRequestItems } from '../engine/service-item.js'
import type { SessionState } from '../engine/session.js'
import { msgIdMs } from '../msg-id.js'
import { readExactly } from '../service-codec.js'
import { NO_EFFECT, type Effect } from './effect.js'

const MSG_ID_TOO_LOW = 16
const MSG_ID_TOO_HIGH = 17
const CONTAINER_AGAIN = 19
const MSG_TOO_OLD = 20

/**
 * `bad_msg_notification#a7eff811 bad_msg_id:long bad_msg_seqno:int error_code:int = BadMsgNotification;`
 * The server ignored a message. 16: its msg_id is too low, so the clock is late. 17: too high, and all later ids of the
 * session would be as well, hence a new session. 20: too old to be judged. 19 for a container: no id is used twice
 * here, so somebody on the path has sent a copy; what was in it may have been carried out, and the server is asked.
 * Anything else (18 wrong low bits, 19 a duplicate id, 32 to 35 a wrong seq_no, 64 a bad container) means that the
 * counters are out of step with the server's, which only a new session mends.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message
 */
export function onBadMsgNotification(state: SessionState, message: Message): readonly Effect[] {
  const { badMsgId, errorCode } = readExactly(message.body, Mt.BadMsgNotification)
  const msgIds = state.sent.named(badMsgId)
  if (msgIds === undefined) return NO_EFFECT
  const setClock: Effect = { do: 'set-clock', serverMs: msgIdMs(message.msgId) }
  switch (errorCode) {
    case MSG_ID_TOO_LOW:
      return [setClock, { do: 'send-again', msgIds }]
    case MSG_ID_TOO_HIGH:
      return [setClock, { do: 'leave-session', msgIds }]
    case CONTAINER_AGAIN:
      if (msgIds.includes(badMsgId)) return [{ do: 'leave-session', msgIds }]
      return stateRequestItems(msgIds).map((item) => ({ do: 'send', item }))
    case MSG_TOO_OLD:
      return [{ do: 'too-old', msgIds }]
    default:
      return [{ do: 'leave-session', msgIds }]
  }
}
