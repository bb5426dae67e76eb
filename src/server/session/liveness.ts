import * as Mtproto from '../../../generated/mtproto/index.js'
import { serverMs } from '../core/environment.js'
import { MAX_FUTURE_SALTS, MIN_FUTURE_SALTS } from '../limits.js'
import type { ServerSession, SessionLink } from './server-session.js'
import type { ServiceHost } from './service-host.js'

/**
 * `ping#7abe77ec ping_id:long = Pong;`
 * `ping_delay_disconnect#f3427b8c ping_id:long disconnect_delay:int = Pong;`
 * `pong#347773c5 msg_id:long ping_id:long = Pong;`
 * @see https://core.telegram.org/mtproto/service_messages#ping-messages-pingpong
 */
export function onPing(
  host: ServiceHost,
  session: ServerSession,
  link: SessionLink,
  msgId: bigint,
  ping: Mtproto.Ping | Mtproto.PingDelayDisconnect,
): void {
  const pong = new Mtproto.Pong({ msgId, pingId: ping.pingId })
  session.enqueue(pong.getBytes(), { kind: 1, contentRelated: false, link })
  session.acknowledgedByAnswer(msgId)
  if (ping instanceof Mtproto.PingDelayDisconnect) host.disconnectLater(link, ping.disconnectDelay)
}

/**
 * `get_future_salts#b921bd04 num:int = FutureSalts;`
 * `future_salts#ae500895 req_msg_id:long now:int salts:vector<future_salt> = FutureSalts;`
 * @see https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts
 */
export function onFutureSalts(
  { environment }: ServiceHost,
  session: ServerSession,
  link: SessionLink,
  msgId: bigint,
  { num }: Mtproto.GetFutureSalts,
): void {
  const nowMs = serverMs(environment)
  const count = Math.max(MIN_FUTURE_SALTS, Math.min(num, MAX_FUTURE_SALTS))
  const salts = session.key.salts.upcoming(count, nowMs).map(({ salt, sinceMs, untilMs }) =>
    new Mtproto.FutureSalt({ validSince: Math.floor(sinceMs / 1000), validUntil: Math.floor(untilMs / 1000), salt }),
  )
  const answer = new Mtproto.FutureSalts({ reqMsgId: msgId, now: Math.floor(nowMs / 1000), salts })
  session.enqueue(answer.getBytes(), { kind: 1, contentRelated: false, link })
  session.acknowledgedByAnswer(msgId)
}
