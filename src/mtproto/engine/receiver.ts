import { RemoteError } from '../../errors/errors.js'
import type { Instant } from '../../platform/clock.js'
import * as Id from '../constructors.js'
import { decodeContainer, type Message } from '../container.js'
import { open } from '../encrypted.js'
import { MSG_ID_FUTURE_SECONDS, MSG_ID_PAST_SECONDS } from '../limits.js'
import { msgIdMs } from '../msg-id.js'
import { unpack } from '../packed.js'
import { isContentRelated } from '../seq-no.js'
import { dispatch } from '../service/dispatch.js'
import { applyEffect, type EffectHost } from './effects.js'
import type { Sessions } from './sessions.js'
import type { SessionKey, SessionState } from './session.js'

/**
 * Takes one encrypted packet, in the order that security demands: key id, msg_key, length and padding, session, and
 * then for the message and each message inside it: parity, duplicates, time, meaning.
 * @returns the session that it was for; `undefined` for one that has been left.
 * @throws {RemoteError} when a check fails: the packet is dropped and the link is to be closed.
 */
export function receivePacket(
  host: EffectHost,
  sessions: Sessions,
  packet: Uint8Array,
  now: Instant,
): SessionState | undefined {
  const key = sessions.keyOf(packet)
  if (key === undefined) {
    throw new RemoteError('message', 'a packet is not authenticated by the key of this connection', {
      path: 'auth_key_id',
    })
  }
  const message = open(key.key, 'server', packet)
  const session = findSession(sessions, key, message.sessionId)
  if (session !== undefined) takeMessage(host, session, message, 'nothing', now)
  return session
}

function findSession(sessions: Sessions, key: SessionKey, id: bigint): SessionState | undefined {
  const session = sessions.find(key, id)
  if (session === undefined) {
    throw new RemoteError('message', 'a packet belongs to a session that was never opened here', { path: 'session_id' })
  }
  return session === 'retired' ? undefined : session
}

/** What is around a message: nothing, or a container whose own msg_id was made in time or not. */
type Around = 'nothing' | 'timely container' | 'untimely container'

function takeMessage(host: EffectHost, session: SessionState, message: Message, around: Around, now: Instant): void {
  const { msgId, seqNo, body } = message
  const id = Id.constructorId(body)
  const isContainer = id === Id.ID_MSG_CONTAINER
  const setsClock = id === Id.ID_BAD_MSG_NOTIFICATION || id === Id.ID_BAD_SERVER_SALT
  if ((msgId & 1n) === 0n) {
    throw new RemoteError('message', 'a message of the server has an even msg_id', { path: 'msg_id' })
  }
  if (!host.core.clock.certain) host.core.clock.set(msgIdMs(msgId), now)
  const timely = around === 'nothing' ? isTimely(session, msgId, now) : around === 'timely container'
  if (!timely && !setsClock && !isContainer) return
  const freshness = session.received.accept(msgId, seqNo)
  if (freshness !== 'old' && isContentRelated(seqNo)) session.acks.add(msgId, now.monotonicMs)
  if (freshness !== 'new') return
  if (isContainer) {
    if (around !== 'nothing') throw nestedContainer()
    const inside = timely ? 'timely container' : 'untimely container'
    for (const inner of decodeContainer(body, msgId)) takeMessage(host, session, inner, inside, now)
    return
  }
  if (!setsClock) session.established = true
  if (id !== Id.ID_PONG) session.heartbeat.heard(now.monotonicMs)
  if (id === Id.ID_GZIP_PACKED) takePacked(host, session, message, now)
  else applyAll(host, session, message, now)
}

/** One object, packed. It may be anything but a container; what cannot be unpacked may have been an update. */
function takePacked(host: EffectHost, session: SessionState, { msgId, seqNo, body }: Message, now: Instant): void {
  let object: Uint8Array
  try {
    object = unpack(body)
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
    return host.core.emit({ type: 'session-created' })
  }
  if (Id.constructorId(object) === Id.ID_MSG_CONTAINER) throw nestedContainer()
  applyAll(host, session, { msgId, seqNo, body: object }, now)
}

function applyAll(host: EffectHost, session: SessionState, message: Message, now: Instant): void {
  for (const effect of dispatch(session, message)) applyEffect(host, session, effect, now)
}

/**
 * What is too old or lies in the future is dropped, except the notices that set the clock right. A message inside a
 * container is judged by the container: a server repeats old messages, under their old ids, in new containers.
 */
function isTimely(session: SessionState, msgId: bigint, now: Instant): boolean {
  const aheadMs = msgIdMs(msgId) - session.clock.nowMs(now)
  return aheadMs <= MSG_ID_FUTURE_SECONDS * 1000 && aheadMs >= -MSG_ID_PAST_SECONDS * 1000
}

function nestedContainer(): RemoteError {
  return new RemoteError('message', 'a container came inside another message', {
    path: 'msg_container',
    constructorId: Id.ID_MSG_CONTAINER,
  })
}
