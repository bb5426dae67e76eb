import * as Mt from '../../../generated/mtproto/index.js'
import { DISCONNECT_DELAY_SECONDS, FUTURE_SALTS, MAX_SERVICE_IDS } from '../limits.js'

/** An outgoing message that is no call: what it is for, and its bytes. */
export interface ServiceItem {
  readonly kind:
    | 'acks'
    | 'ping'
    | 'state-request'
    | 'state-info'
    | 'resend-request'
    | 'salts-request'
    | 'drop-answer'
    | 'destroy-session'
    | 'destroy-auth-key'
    | 'bind'
    | 'key-check'
  /** A binding names the msg_id that it goes out under, and is made anew for each. */
  readonly body: Uint8Array | ((msgId: bigint) => Uint8Array)
  readonly contentRelated: boolean
  /** The messages that it speaks of. */
  readonly ids: readonly bigint[]
}

function item(
  kind: ServiceItem['kind'],
  message: { getBytes(): Uint8Array },
  contentRelated = false,
  ids: readonly bigint[] = [],
): ServiceItem {
  return { kind, body: message.getBytes(), contentRelated, ids }
}

/** `msgs_ack#62d6b459 msg_ids:Vector<long> = MsgsAck;` */
export function acksItem(ids: readonly bigint[]): ServiceItem {
  return item('acks', new Mt.MsgsAck({ msgIds: [...ids] }), false, ids)
}

/** `ping_delay_disconnect#f3427b8c ping_id:long disconnect_delay:int = Pong;` */
export function pingItem(pingId: bigint): ServiceItem {
  return item('ping', new Mt.PingDelayDisconnect({ pingId, disconnectDelay: DISCONNECT_DELAY_SECONDS }))
}

/** `msgs_state_req#da69fb52 msg_ids:Vector<long> = MsgsStateReq;`, as many as the ids need. */
export function stateRequestItems(ids: readonly bigint[]): ServiceItem[] {
  return portions(ids).map((portion) => item('state-request', new Mt.MsgsStateReq({ msgIds: portion }), false, portion))
}

/** `msgs_state_info#04deb57d req_msg_id:long info:string = MsgsStateInfo;` */
export function stateInfoItem(reqMsgId: bigint, info: Uint8Array): ServiceItem {
  return item('state-info', new Mt.MsgsStateInfo({ reqMsgId, info }))
}

/** `msg_resend_req#7d861a08 msg_ids:Vector<long> = MsgResendReq;` */
export function resendRequestItem(ids: readonly bigint[]): ServiceItem {
  return item('resend-request', new Mt.MsgResendReq({ msgIds: [...ids] }), false, ids)
}

/** `get_future_salts#b921bd04 num:int = FutureSalts;` */
export function saltsRequestItem(): ServiceItem {
  return item('salts-request', new Mt.GetFutureSalts({ num: FUTURE_SALTS }))
}

/** `rpc_drop_answer#58e4a740 req_msg_id:long = RpcDropAnswer;` */
export function dropAnswerItem(reqMsgId: bigint): ServiceItem {
  return item('drop-answer', new Mt.RpcDropAnswer({ reqMsgId }), true)
}

/** `destroy_session#e7512126 session_id:long = DestroySessionRes;` */
export function destroySessionItem(sessionId: bigint): ServiceItem {
  return item('destroy-session', new Mt.DestroySession({ sessionId }), true)
}

/** `destroy_auth_key#d1435160 = DestroyAuthKeyRes;` */
export function destroyAuthKeyItem(): ServiceItem {
  return item('destroy-auth-key', new Mt.DestroyAuthKey(), true)
}

function portions(ids: readonly bigint[]): bigint[][] {
  const portions: bigint[][] = []
  for (let start = 0; start < ids.length; start += MAX_SERVICE_IDS) {
    portions.push(ids.slice(start, start + MAX_SERVICE_IDS))
  }
  return portions
}
