import * as Mtproto from '../../../generated/mtproto/index.js'
import { readObject, readRequest } from '../../../generated/mtproto/registry.js'
import { ID_MSGS_ACK, ID_MSGS_ALL_INFO, ID_MSGS_STATE_INFO, ID_MSGS_STATE_REQ, ID_MSG_COPY, ID_MSG_RESEND_REQ, constructorId } from '../../mtproto/constructors.js'
import type { Message } from '../../mtproto/container.js'
import { Reader } from '../../tl/reader.js'
import type { Environment } from '../core/environment.js'
import type { ViolationCode } from '../strict.js'
import { onDestroyAuthKey, onDestroySession } from './destroy.js'
import { onDropAnswer } from './drop-answer.js'
import { onFutureSalts, onPing } from './liveness.js'
import type { Queries } from './queries.js'
import type { MessageHandler } from './receive.js'
import type { ServerSession, SessionLink } from './server-session.js'
import { onAck, onResendRequest, onStateRequest } from './states.js'

/** What the handlers of service messages may reach. */
export interface ServiceHost {
  readonly environment: Environment
  readonly queries: Queries
  /** Closes a connection once `delaySeconds` pass without another call of this. */
  disconnectLater(link: SessionLink, delaySeconds: number): void
  destroySession(session: ServerSession, sessionId: bigint): boolean
  destroyKey(session: ServerSession): boolean
  report(session: ServerSession, code: ViolationCode, msgId: bigint, what: string): void
}

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
    const object = (): unknown => readObject(new Reader(body))
    const request = (): unknown => readRequest(new Reader(body))
    switch (id) {
      case ID_MSGS_ACK:
        return onAck(host, session, msgId, object() as Mtproto.MsgsAck)
      case ID_MSGS_STATE_REQ:
        return onStateRequest(host, session, link, msgId, object() as Mtproto.MsgsStateReq)
      case ID_MSG_RESEND_REQ:
        return onResendRequest(host, session, link, msgId, object() as Mtproto.MsgResendReq)
      case Mtproto.Ping.CONSTRUCTOR_ID:
        return onPing(host, session, link, msgId, request() as Mtproto.Ping)
      case Mtproto.PingDelayDisconnect.CONSTRUCTOR_ID:
        return onPing(host, session, link, msgId, request() as Mtproto.PingDelayDisconnect)
      case Mtproto.GetFutureSalts.CONSTRUCTOR_ID:
        return onFutureSalts(host, session, link, msgId, request() as Mtproto.GetFutureSalts)
      case Mtproto.RpcDropAnswer.CONSTRUCTOR_ID:
        return onDropAnswer(session, link, msgId, request() as Mtproto.RpcDropAnswer)
      case Mtproto.DestroySession.CONSTRUCTOR_ID:
        return onDestroySession(host, session, link, msgId, request() as Mtproto.DestroySession)
      case Mtproto.DestroyAuthKey.CONSTRUCTOR_ID:
        return onDestroyAuthKey(host, session, link, msgId)
      default:
        // msgs_state_info, msgs_all_info, msg_copy, http_wait: taken, and nothing follows from them here.
        return undefined
    }
  }
}
