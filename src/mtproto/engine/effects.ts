import type { Instant } from '../../platform/clock.js'
import { MSG_ID_PAST_SECONDS } from '../limits.js'
import { msgIdMs } from '../msg-id.js'
import type { Effect } from '../service/effect.js'
import { settle } from './answers.js'
import type { Call } from './call.js'
import type { EngineCore } from './core.js'
import { stateRequestItems, type ServiceItem } from './service-item.js'
import type { SessionState } from './session.js'

/** What carrying out effects needs from the engine around it. */
export interface EffectHost {
  readonly core: EngineCore
  /** The session's counters are out of step: another one takes its place. */
  leaveSession(session: SessionState, now: Instant): void
  /** The server does not know any more that the session's temporary key was bound. */
  unbound(session: SessionState, now: Instant): void
  /** An answer to something that the engine itself asked for. */
  answered(session: SessionState, item: ServiceItem, result: Uint8Array, now: Instant): void
}

/** Carries out one effect of a service message in the session that received it. */
export function applyEffect(host: EffectHost, session: SessionState, effect: Effect, now: Instant): void {
  const { core } = host
  switch (effect.do) {
    case 'answer':
      return answer(host, session, effect.msgId, effect.result, now)
    case 'emit':
      return core.emit(effect.event)
    case 'received':
      for (const msgId of effect.msgIds) {
        const call = session.sent.call(msgId)
        if (call) core.received(call, now)
      }
      return
    case 'send-again':
      return ask(session, sendAgain(core, session, effect.msgIds, now), now)
    case 'repeat':
      return repeat(core, session, effect, now)
    case 'too-old':
      return tooOld(core, session, effect.msgIds, now)
    case 'forgotten':
      return forgotten(core, session, effect.msgIds)
    case 'session-created':
      return sessionCreated(core, session, effect.firstMsgId, effect.uniqueId)
    case 'leave-session':
      sendAgain(core, session, effect.msgIds, now)
      return host.leaveSession(session, now)
    case 'adopt-salt':
      return session.key.salts.adopt(effect.salt)
    case 'announce-salts':
      return session.key.salts.announce(effect.periods, session.clock.nowMs(now) / 1000)
    case 'set-clock':
      return session.clock.set(effect.serverMs, now)
    case 'acknowledge':
      return session.acks.add(effect.msgId, now.monotonicMs)
    case 'send':
      session.outbox.push(effect.item)
      return
    case 'pong':
      session.heartbeat.pong(effect.pingId, now.monotonicMs)
  }
}

function answer(host: EffectHost, session: SessionState, msgId: bigint, result: Uint8Array, now: Instant): void {
  const call = session.sent.call(msgId)
  if (call) {
    const sign = settle(host.core, call, result)
    if (sign === 'unbound') host.unbound(session, now)
    else if (sign !== undefined) session.initialised = sign === 'initialised'
    return
  }
  const item = session.sent.item(msgId)
  if (item) host.answered(session, item, result, now)
  // An answer to nothing that is waited for has been acknowledged, and means nothing more.
}

/**
 * The server has ignored a packet with these messages. A call that it has acknowledged is being carried out, whatever
 * an old packet makes it say. One that has left more than once under its msg_id stays as it is, unless doing it twice
 * does no harm: another of its packets may have been received since, or be received yet.
 * @returns the calls that stay.
 */
function sendAgain(core: EngineCore, session: SessionState, msgIds: readonly bigint[], now: Instant): Call[] {
  const staying: Call[] = []
  for (const msgId of msgIds) {
    const call = session.sent.call(msgId)
    if (call === undefined) sendItemAgain(session, msgId, now)
    else if (call.state !== 'sent') continue
    else if (call.idempotent || session.sent.repeatedIn(msgId) === undefined) core.sendAgain(call)
    else staying.push(call)
  }
  return staying
}

/**
 * The server did not have these messages. It takes no msg_id that is too old: a call that had not arrived when it was
 * that never will. One that has become so since stays as it is, for a copy may have arrived meanwhile, until the server
 * is asked the next time.
 */
function repeat(
  core: EngineCore,
  session: SessionState,
  { msgIds, saidMs }: Extract<Effect, { do: 'repeat' }>,
  now: Instant,
): void {
  const isTooOldAt = (msgId: bigint, ms: number): boolean => msgIdMs(msgId) <= ms - MSG_ID_PAST_SECONDS * 1000
  for (const msgId of msgIds) {
    const call = session.sent.call(msgId)
    if (call === undefined) sendItemAgain(session, msgId, now)
    else if (call.state !== 'sent') continue
    else if (isTooOldAt(msgId, saidMs)) core.sendAgain(call)
    else if (!isTooOldAt(msgId, session.clock.nowMs(now)) && core.mayGoAgain(call)) {
      call.state = 'queued'
      session.repeats.push(call)
    }
  }
}

function sendItemAgain(session: SessionState, msgId: bigint, now: Instant): void {
  const item = session.sent.item(msgId)
  if (!item) return
  session.sent.remove(msgId)
  if (item.kind === 'acks') for (const id of item.ids) session.acks.add(id, now.monotonicMs)
  else session.outbox.push(item)
}

/** Has the server say which of these calls it has. */
function ask(session: SessionState, calls: readonly Call[], now: Instant): void {
  for (const call of calls) call.touchedMs = now.monotonicMs
  session.outbox.push(...stateRequestItems(calls.map(({ msgId }) => msgId)))
}

/** The server cannot even say whether it had these messages before: there is no use in asking about those that stay. */
function tooOld(core: EngineCore, session: SessionState, msgIds: readonly bigint[], now: Instant): void {
  for (const call of sendAgain(core, session, msgIds, now)) core.outcomeUnknown(call)
}

/**
 * On a link that has held since the call was sent, a call that is neither acknowledged nor known was not received.
 * Otherwise the server may have carried it out before it forgot.
 */
function forgotten(core: EngineCore, session: SessionState, msgIds: readonly bigint[]): void {
  for (const msgId of msgIds) {
    const call = session.sent.call(msgId)
    if (!call) continue
    if (call.state === 'sent' && call.link === core.link) core.sendAgain(call)
    else core.outcomeUnknown(call)
  }
}

/**
 * What a packet carried that left before the first one of the new session is forgotten. A call that went out again under
 * its old msg_id counts as sent when its last packet was: that one is still on its way, or was received. Where such a
 * call began the session, nobody can say which of its packets did, nor what became of those between them. Nor can
 * anybody where a packet began it that was late on an earlier link: what left over links after that one may have come
 * before it, to the session that is forgotten.
 */
function sessionCreated(core: EngineCore, session: SessionState, firstMsgId: bigint, uniqueId: bigint): void {
  if (session.uniqueId !== undefined) session.initialised = false
  session.uniqueId = uniqueId
  const first = session.sent.repeatedIn(firstMsgId) ?? firstMsgId
  const firstLink = session.sent.linkOf(first)
  const older: bigint[] = []
  const doubtful: Call[] = []
  for (const call of session.sent.calls()) {
    if (call.carrier < firstMsgId) older.push(call.msgId)
    else if (call.carrier < first || (call.link !== core.link && call.link !== firstLink)) doubtful.push(call)
  }
  forgotten(core, session, older)
  for (const call of doubtful) core.outcomeUnknown(call)
  core.emit({ type: 'session-created' })
}
