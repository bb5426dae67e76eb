import * as Id from '../constructors.js'
import type { Message } from '../container.js'
import type { SessionState } from '../engine/session.js'
import { onBadMsgNotification } from './bad-msg-notification.js'
import { onBadServerSalt } from './bad-server-salt.js'
import { onDestroyAuthKeyRes } from './destroy-auth-key.js'
import { NO_EFFECT, type Effect } from './effect.js'
import { onFutureSalts } from './future-salts.js'
import { onMsgDetailedInfo, onMsgNewDetailedInfo } from './msg-detailed-info.js'
import { onMsgResendReq } from './msg-resend-req.js'
import { onMsgsAck } from './msgs-ack.js'
import { onMsgsAllInfo, onMsgsStateInfo } from './msgs-state-info.js'
import { onMsgsStateReq } from './msgs-state-req.js'
import { onNewSessionCreated } from './new-session-created.js'
import { onPong } from './pong.js'
import { onRpcResult } from './rpc-result.js'

/**
 * What one message of the server means, in the order of the documentation. Containers and packed objects have been
 * opened before; whatever is no service message is handed on raw.
 * @throws {RemoteError} when a service message cannot be read or makes no sense.
 * @see https://core.telegram.org/mtproto/service_messages
 */
export function dispatch(state: SessionState, message: Message): readonly Effect[] {
  switch (Id.constructorId(message.body)) {
    case Id.ID_RPC_RESULT:
      return onRpcResult(message)
    case Id.ID_FUTURE_SALTS:
      return onFutureSalts(state, message)
    case Id.ID_PONG:
      return onPong(message)
    case Id.ID_DESTROY_SESSION_OK:
    case Id.ID_DESTROY_SESSION_NONE:
      return NO_EFFECT
    case Id.ID_DESTROY_AUTH_KEY_OK:
    case Id.ID_DESTROY_AUTH_KEY_NONE:
    case Id.ID_DESTROY_AUTH_KEY_FAIL:
      return onDestroyAuthKeyRes(message)
    case Id.ID_NEW_SESSION_CREATED:
      return onNewSessionCreated(state, message)
    case Id.ID_MSG_COPY:
      return NO_EFFECT // a retired wrapper that no server sends
    case Id.ID_MSGS_ACK:
      return onMsgsAck(message)
    case Id.ID_BAD_MSG_NOTIFICATION:
      return onBadMsgNotification(state, message)
    case Id.ID_BAD_SERVER_SALT:
      return onBadServerSalt(state, message)
    case Id.ID_MSGS_STATE_REQ:
      return onMsgsStateReq(state, message)
    case Id.ID_MSGS_STATE_INFO:
      return onMsgsStateInfo(state, message)
    case Id.ID_MSGS_ALL_INFO:
      return onMsgsAllInfo(message)
    case Id.ID_MSG_DETAILED_INFO:
      return onMsgDetailedInfo(state, message)
    case Id.ID_MSG_NEW_DETAILED_INFO:
      return onMsgNewDetailedInfo(state, message)
    case Id.ID_MSG_RESEND_REQ:
      return onMsgResendReq(state, message)
    default:
      return [{ do: 'emit', event: { type: 'message', body: message.body } }]
  }
}
