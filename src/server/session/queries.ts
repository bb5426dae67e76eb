import * as Mtproto from '../../../generated/mtproto/index.js'
import { RpcError } from '../../errors/rpc-error.js'
import type { Message } from '../../mtproto/container.js'
import { packAnyLength } from '../../mtproto/packed.js'
import type { CancelTimer } from '../../platform/timers.js'
import type { TlObject } from '../../tl/object.js'
import { writeRaw } from '../../tl/write-raw.js'
import type { AuthKeys, ServerKey } from '../core/auth-keys.js'
import type { DataCentre } from '../core/data-centres.js'
import { serverMs, type Environment } from '../core/environment.js'
import { WAIT_FOR_MESSAGE_MS } from '../limits.js'
import { DROPPED, Dispatcher, isForStrangers, type Outcome } from '../services/dispatcher.js'
import { unwrap, type UnwrappedQuery } from '../services/unwrap.js'
import { encodeRpcResult } from './rpc-result.js'
import type { ServerSession, SessionLink } from './server-session.js'

interface WaitingQuery {
  readonly msgId: bigint
  readonly link: SessionLink
  readonly query: UnwrappedQuery
  /** Some query that this one waits for has not even arrived by then. */
  readonly untilMs: number
  readonly cancel: CancelTimer
}

/** Runs the queries of a data centre's sessions, each at most once, and answers them. */
export class Queries {
  readonly #environment: Environment
  readonly #dispatcher: Dispatcher
  readonly #dc: DataCentre
  readonly #keys: AuthKeys
  readonly notifyKey: (key: ServerKey, updates: TlObject) => void
  readonly #waiting = new WeakMap<ServerSession, Set<WaitingQuery>>()
  /** Those whose timer is set. */
  readonly #timed = new Map<WaitingQuery, ServerSession>()

  constructor(environment: Environment, dc: DataCentre, keys: AuthKeys, notifyKey: Queries['notifyKey']) {
    this.#environment = environment
    this.#dispatcher = new Dispatcher(environment)
    this.#dc = dc
    this.#keys = keys
    this.notifyKey = notifyKey
  }

  start(session: ServerSession, link: SessionLink, { msgId, body }: Message): void {
    let query: UnwrappedQuery
    try {
      query = unwrap(body)
    } catch (error) {
      const refusal = error instanceof RpcError ? error : new RpcError(400, 'INPUT_FETCH_ERROR')
      this.#answer(session, link, msgId, { error: refusal })
      return
    }
    const { key } = session
    if (!this.#mayUse(key, session, link, msgId, query)) return
    if (query.layer !== undefined) key.layer = query.layer
    if (query.client !== undefined) key.client = query.client
    if (!query.withoutUpdates) {
      session.updatesLink = link
      session.takesUpdates = true
    }
    if (query.after.length === 0) return this.#run(session, link, msgId, query)
    session.received.get(msgId)!.call = 'waiting'
    const untilMs = this.#environment.platform.clock.now().monotonicMs + WAIT_FOR_MESSAGE_MS
    // What comes in a packet is a view of it, and does not last.
    const lasting = { ...query, body: query.body.slice() }
    const cancel = this.#environment.platform.timers.set(WAIT_FOR_MESSAGE_MS, () => {
      this.#timed.delete(waiting)
      this.#resume(session)
    })
    const waiting: WaitingQuery = { msgId, link, query: lasting, untilMs, cancel }
    this.#timed.set(waiting, session)
    this.#waitingOf(session).add(waiting)
    this.#resume(session)
  }

  /** Permanent keys are for making temporary ones: that they do more is reported, or ends the connection. */
  #mayUse(key: ServerKey, session: ServerSession, link: SessionLink, msgId: bigint, { body }: UnwrappedQuery): boolean {
    const { violations, temporaryKeysOnly } = this.#environment
    if (key.expiresAtMs !== undefined || isForStrangers(body)) return true
    if (temporaryKeysOnly) {
      link.end()
      return false
    }
    const atMs = serverMs(this.#environment)
    if (violations.strict && this.#keys.hasTemporary(key, atMs)) {
      const what = 'a query came under a permanent key that a temporary one is bound to'
      violations.report({ code: 'permanent-key', what, keyId: key.id, sessionId: session.id, msgId, atMs })
    }
    return true
  }

  /** The same query again: what became of it is said once more, and it does not run. */
  repeat(session: ServerSession, link: SessionLink, msgId: bigint): void {
    const before = session.received.get(msgId)
    if (!before) return
    const answer = before.answerId === undefined ? undefined : session.outbox.get(before.answerId)
    if (!answer) {
      if (before.seqNo % 2 !== 0) session.acknowledgeLater(msgId)
    } else {
      session.repeat(answer, link)
    }
  }

  #run(session: ServerSession, link: SessionLink, msgId: bigint, { body }: UnwrappedQuery): void {
    session.received.get(msgId)!.call = 'running'
    const origin = {
      key: session.key,
      keys: this.#keys,
      sessionId: session.id,
      msgId,
      dc: this.#dc,
      notifyKey: this.notifyKey,
    }
    const outcome = this.#dispatcher.run(body, origin)
    if (!(outcome instanceof Promise)) return this.#answer(session, link, msgId, outcome)
    void outcome.then((late) => {
      this.#answer(session, link, msgId, late)
      session.flushSoon()
    })
  }

  #answer(session: ServerSession, link: SessionLink, msgId: bigint, outcome: Outcome): void {
    const received = session.received.get(msgId)
    // The client has taken the query back, or so much has come since that nobody waits any more.
    if (!received || received.call === 'dropped') return
    const failed = 'error' in outcome
    received.call = failed ? 'failed' : 'answered'
    if (!(failed && outcome.error === DROPPED)) {
      const body = failed ? encodeError(outcome.error) : outcome.result
      const packed = this.#encodeAnswer(msgId, body)
      const answer = session.enqueue(packed, { kind: 1, contentRelated: true, answerTo: msgId, link })
      received.answerId = answer.msgId
      session.acknowledgedByAnswer(msgId)
    }
    this.#resume(session)
  }

  /** The answer, packed where that is shorter. */
  #encodeAnswer(msgId: bigint, result: Uint8Array): Uint8Array {
    const packed = result.length >= this.#environment.packFromBytes ? packAnyLength(result) : result
    return encodeRpcResult(msgId, { write: (w) => writeRaw(w, packed) })
  }

  /** Runs, or gives up on, the queries of a session whose wait is over. */
  #resume(session: ServerSession): void {
    const waiting = this.#waiting.get(session)
    if (!waiting) return
    const nowMs = this.#environment.platform.clock.now().monotonicMs
    for (const one of waiting) {
      const verdict = judge(session, one.query.after)
      if (verdict === 'unseen' ? nowMs < one.untilMs : verdict === 'running') continue
      one.cancel()
      this.#timed.delete(one)
      waiting.delete(one)
      if (session.received.get(one.msgId)?.call === 'dropped') continue
      if (verdict === 'done') this.#run(session, one.link, one.msgId, one.query)
      else this.#answer(session, one.link, one.msgId, { error: waitError(verdict) })
      session.flushSoon()
    }
  }

  /** No time passes any more: what waits for a query that has not come is given up. */
  end(): void {
    for (const [one, session] of this.#timed) {
      one.cancel()
      this.#timed.delete(one)
      // One that is running ends by itself.
      if (judge(session, one.query.after) !== 'unseen') continue
      this.#waitingOf(session).delete(one)
      this.#answer(session, one.link, one.msgId, { error: waitError('unseen') })
      session.flushSoon()
    }
  }

  #waitingOf(session: ServerSession): Set<WaitingQuery> {
    let waiting = this.#waiting.get(session)
    if (!waiting) this.#waiting.set(session, (waiting = new Set()))
    return waiting
  }
}

type Verdict = 'done' | 'running' | 'failed' | 'unseen'

function judge(session: ServerSession, after: readonly bigint[]): Verdict {
  let verdict: Verdict = 'done'
  for (const msgId of after) {
    const message = session.received.get(msgId)
    if (message?.call === 'failed' || message?.call === 'dropped') return 'failed'
    if (!message) verdict = 'unseen'
    else if (verdict === 'done' && (message.call === 'running' || message.call === 'waiting')) verdict = 'running'
  }
  return verdict
}

/** @see https://core.telegram.org/api/invoking#sequential-requests */
function waitError(verdict: Verdict): RpcError {
  return new RpcError(400, verdict === 'failed' ? 'MSG_WAIT_FAILED' : 'MSG_WAIT_TIMEOUT')
}

function encodeError(error: RpcError): Uint8Array {
  return new Mtproto.RpcError({ errorCode: error.code, errorMessage: error.rpcMessage }).getBytes()
}
