import type { Instant } from '../../platform/clock.js'
import type { Random } from '../../platform/random.js'
import { ACKNOWLEDGED_CHECK_MS, SALTS_INTERVAL_MS, STATE_CHECK_MS } from '../limits.js'
import { pingItem, saltsRequestItem, stateRequestItems } from './service-item.js'
import type { SessionState } from './session.js'

/** How often the calls of a session are looked through. */
const LOOK_EVERY_MS = 5_000

/** Puts into the outbox what is due by time: a ping, a request for salts, a question about calls without an answer. */
export function upkeep(session: SessionState, random: Random, now: Instant): void {
  const nowMs = now.monotonicMs
  checkCalls(session, nowMs)
  const pingId = session.heartbeat.takePing(nowMs, random)
  if (pingId !== undefined) session.outbox.push(pingItem(pingId))
  if (session.drainedMs !== undefined) return
  if (nowMs - session.saltsAskedMs >= SALTS_INTERVAL_MS && session.key.salts.runningLow(session.clock.nowMs(now) / 1000)) {
    session.saltsAskedMs = nowMs
    session.outbox.push(saltsRequestItem())
  }
}

/** When a session has something due, on the monotonic clock. */
export function upkeepDueMs(session: SessionState): number {
  const checkMs = session.sent.callCount > 0 ? session.stateCheckMs : Infinity
  return Math.min(checkMs, session.heartbeat.dueMs(), session.acks.dueMs() ?? Infinity)
}

/** After a link was lost, the server is asked which calls it has, before any of them is sent again or repeated. */
export function askAboutAll(session: SessionState, now: Instant): void {
  const ids: bigint[] = []
  for (const call of session.sent.calls()) {
    if (call.state === 'queued') call.state = 'sent'
    call.touchedMs = now.monotonicMs
    ids.push(call.msgId)
  }
  session.repeats = []
  session.outbox = [...stateRequestItems(ids), ...session.outbox]
  session.stateCheckMs = now.monotonicMs + LOOK_EVERY_MS
}

/** A call that is not acknowledged in time was lost, or its acknowledgement was: the server knows. */
function checkCalls(session: SessionState, nowMs: number): void {
  if (nowMs < session.stateCheckMs || session.sent.callCount === 0) return
  session.stateCheckMs = nowMs + LOOK_EVERY_MS
  const ids: bigint[] = []
  for (const call of session.sent.calls()) {
    const patienceMs = call.state === 'acknowledged' ? ACKNOWLEDGED_CHECK_MS : STATE_CHECK_MS
    if (nowMs - call.touchedMs < patienceMs) continue
    call.touchedMs = nowMs
    ids.push(call.msgId)
  }
  if (ids.length === 0) return
  session.outbox.push(...stateRequestItems(ids))
  session.heartbeat.hasten(nowMs)
}
