import * as Mt from '../../../generated/mtproto/index.js'
import type { Message } from '../container.js'
import type { SessionState } from '../engine/session.js'
import { readExactly } from '../service-codec.js'
import { NO_EFFECT, type Effect } from './effect.js'

/**
 * `new_session_created#9ec20908 first_msg_id:long unique_id:long server_salt:long = NewSession;`
 * The server has no memory of this session from before `first_msg_id`: updates may have been missed, and older messages
 * are forgotten. The notice may come twice; `unique_id` tells.
 * @see https://core.telegram.org/mtproto/service_messages#new-session-creation-notification
 */
export function onNewSessionCreated(state: SessionState, message: Message): readonly Effect[] {
  const { firstMsgId, uniqueId, serverSalt } = readExactly(message.body, Mt.NewSessionCreated)
  if (uniqueId === state.uniqueId) return NO_EFFECT
  return [
    { do: 'adopt-salt', salt: serverSalt },
    { do: 'session-created', firstMsgId, uniqueId },
  ]
}
