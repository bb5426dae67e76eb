import * as Mt from '../../../generated/mtproto/index.js'
import type { Message } from '../container.js'
import type { SessionState } from '../engine/session.js'
import { readExactly } from '../service-codec.js'
import { NO_EFFECT, type Effect } from './effect.js'

/**
 * `bad_server_salt#edab447b bad_msg_id:long bad_msg_seqno:int error_code:int new_server_salt:long = BadMsgNotification;`
 * The server ignored a packet because its salt had expired. Nothing is lost: take the new salt and send the same bodies
 * again. The notice may name a container; about a message that was not sent lately it means nothing.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message
 */
export function onBadServerSalt(state: SessionState, message: Message): readonly Effect[] {
  const { badMsgId, newServerSalt } = readExactly(message.body, Mt.BadServerSalt)
  const msgIds = state.sent.named(badMsgId)
  if (msgIds === undefined) return NO_EFFECT
  return [
    { do: 'adopt-salt', salt: newServerSalt },
    { do: 'send-again', msgIds },
  ]
}
