import * as Mtproto from '../../../generated/mtproto/index.js'
import type { ServerSession, SessionLink } from './server-session.js'
import type { ServiceHost } from './service-host.js'

/**
 * `destroy_session#e7512126 session_id:long = DestroySessionRes;`
 * A session cannot destroy itself.
 * @see https://core.telegram.org/mtproto/service_messages#request-to-destroy-session
 */
export function onDestroySession(
  host: ServiceHost,
  session: ServerSession,
  link: SessionLink,
  msgId: bigint,
  { sessionId }: Mtproto.DestroySession,
): void {
  const answer = host.destroySession(session, sessionId)
    ? new Mtproto.DestroySessionOk({ sessionId })
    : new Mtproto.DestroySessionNone({ sessionId })
  session.enqueue(answer.getBytes(), { kind: 1, contentRelated: false, link })
  session.acknowledgedByAnswer(msgId)
}

/**
 * `destroy_auth_key#d1435160 = DestroyAuthKeyRes;`
 * The answer still travels under the key; after it the key is unknown.
 */
export function onDestroyAuthKey(host: ServiceHost, session: ServerSession, link: SessionLink, msgId: bigint): void {
  const answer = host.destroyKey(session) ? new Mtproto.DestroyAuthKeyOk({}) : new Mtproto.DestroyAuthKeyNone({})
  session.enqueue(answer.getBytes(), { kind: 1, contentRelated: false, link })
  session.acknowledgedByAnswer(msgId)
}
