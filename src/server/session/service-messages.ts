import * as Mtproto from '../../../generated/mtproto/index.js'
import {
  ID_MSGS_ACK,
  ID_MSGS_ALL_INFO,
  ID_MSGS_STATE_INFO,
  ID_MSGS_STATE_REQ,
  ID_MSG_COPY,
  ID_MSG_RESEND_REQ,
  constructorId,
} from '../../mtproto/constructors.js'
import type { Message } from '../../mtproto/container.js'
import { readExactly } from '../../mtproto/service-codec.js'
import { onDestroyAuthKey, onDestroySession } from './destroy.js'
import { onDropAnswer } from './drop-answer.js'
import { onFutureSalts, onPing } from './liveness.js'
import type { MessageHandler } from './receive.js'
import type { ServerSession, SessionLink } from './server-session.js'
import type { ServiceHost } from './service-host.js'
import { onAck, onResendRequest, onStateRequest } from './states.js'

/** Messages of a client that are no queries, and their handlers. Everything else is a query. */
const SERVICE_IDS: ReadonlySet<number> = new Set([
  ID_MSGS_ACK,
  ID_MSGS_STATE_REQ,
  ID_MSGS_STATE_INFO,
  ID_MSGS_ALL_INFO,
  ID_MSG_RESEND_REQ,
  ID_MSG_COPY,
  Mtproto.Ping.CONSTRUCTOR_ID,
  Mtproto.PingDelayDisconnect.CONSTRUCTOR_ID,
  Mtproto.GetFutureSalts.CONSTRUCTOR_ID,
  Mtproto.RpcDropAnswer.CONSTRUCTOR_ID,
  Mtproto.DestroySession.CONSTRUCTOR_ID,
  Mtproto.DestroyAuthKey.CONSTRUCTOR_ID,
  Mtproto.HttpWait.CONSTRUCTOR_ID,
])

/** Sends every message of a client to its handler. */
export class ServiceMessages implements MessageHandler {
  readonly #host: ServiceHost

  constructor(host: ServiceHost) {
    this.#host = host
  }

  isQuery(id: number): boolean {
    return !SERVICE_IDS.has(id)
  }

  repeated(session: ServerSession, link: SessionLink, { msgId }: Message): void {
    this.#host.queries.repeat(session, link, msgId)
  }

  handle(session: ServerSession, link: SessionLink, message: Message): void {
    const id = constructorId(message.body)
    if (this.isQuery(id)) return this.#host.queries.start(session, link, message)
    try {
      this.#dispatch(id, session, link, message)
    } catch (error) {
      // A service message that cannot be read has no answer: there is no field of it to answer to.
      this.#host.report(session, 64, message.msgId, `a service message cannot be read: ${(error as Error).message}`)
    }
  }

  #dispatch(id: number, session: ServerSession, link: SessionLink, { msgId, body }: Message): void {
    const host = this.#host
    switch (id) {
      case ID_MSGS_ACK:
        return onAck(host, session, msgId, readExactly(body, Mtproto.MsgsAck))
      case ID_MSGS_STATE_REQ:
        return onStateRequest(host, session, link, msgId, readExactly(body, Mtproto.MsgsStateReq))
      case ID_MSG_RESEND_REQ:
        return onResendRequest(host, session, link, msgId, readExactly(body, Mtproto.MsgResendReq))
      case Mtproto.Ping.CONSTRUCTOR_ID:
        return onPing(host, session, link, msgId, readExactly(body, Mtproto.Ping))
      case Mtproto.PingDelayDisconnect.CONSTRUCTOR_ID:
        return onPing(host, session, link, msgId, readExactly(body, Mtproto.PingDelayDisconnect))
      case Mtproto.GetFutureSalts.CONSTRUCTOR_ID:
        return onFutureSalts(host, session, link, msgId, readExactly(body, Mtproto.GetFutureSalts))
      case Mtproto.RpcDropAnswer.CONSTRUCTOR_ID:
        return onDropAnswer(session, link, msgId, readExactly(body, Mtproto.RpcDropAnswer))
      case Mtproto.DestroySession.CONSTRUCTOR_ID:
        return onDestroySession(host, session, link, msgId, readExactly(body, Mtproto.DestroySession))
      case Mtproto.DestroyAuthKey.CONSTRUCTOR_ID:
        return onDestroyAuthKey(host, session, link, msgId)
      default:
        // msgs_state_info, msgs_all_info, msg_copy, http_wait: taken, and nothing follows from them here.
        return undefined
    }
  }
}
