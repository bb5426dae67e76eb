import { LocalError, RemoteError, TransportError } from '../../errors/errors.js'
import type { Instant } from '../../platform/clock.js'
import {
  ID_BOOL_TRUE,
  ID_DESTROY_AUTH_KEY_FAIL,
  ID_DESTROY_AUTH_KEY_NONE,
  ID_DESTROY_AUTH_KEY_OK,
  ID_FUTURE_SALTS,
  ID_PONG,
  constructorId,
} from '../constructors.js'
import { authKeyOf } from '../encrypted.js'
import {
  DRAIN_MS,
  HANDSHAKE_STEP_MS,
  MAX_BIND_REFUSALS,
  MAX_TEMPORARY_KEY_DENIALS,
  RENEWAL_PART,
  TEMPORARY_KEY_SECONDS,
} from '../limits.js'
import { Salts } from '../salts.js'
import { dispatch } from '../service/dispatch.js'
import { readAnswer, type Answer } from './answers.js'
import { bindItem, keyCheckItem } from './bind-item.js'
import type { EngineCore } from './core.js'
import { applyEffect, type EffectHost } from './effects.js'
import type { KeyVerdict } from './engine.js'
import { KeyExchange, type ExchangedKey } from './key-exchange.js'
import type { EngineOptions } from './options.js'
import type { ServiceItem } from './service-item.js'
import type { Sessions } from './sessions.js'
import { newSession, type SessionKey, type SessionState } from './session.js'
import { askAboutAll } from './upkeep.js'

/** Answers to service requests, which may come wrapped in rpc_result as well as bare. */
const SERVICE_ANSWERS: readonly number[] = [
  ID_PONG,
  ID_FUTURE_SALTS,
  ID_DESTROY_AUTH_KEY_OK,
  ID_DESTROY_AUTH_KEY_NONE,
  ID_DESTROY_AUTH_KEY_FAIL,
]

/**
 * Leads each link to the point where calls can be sent: exchanges a permanent key where there is none, and a temporary
 * one, binds it, and replaces it in time. Decides what a refused key means.
 * @see https://core.telegram.org/api/pfs
 */
export class Keys implements EffectHost {
  readonly core: EngineCore
  readonly #options: EngineOptions
  readonly #sessions: Sessions
  readonly #pfs: boolean
  readonly #lifetime: number
  /** The link on which a session has asked what it is there to ask. */
  readonly #askedOn = new WeakMap<SessionState, number>()
  #permanent: SessionKey | undefined
  #exchange: KeyExchange | undefined
  #up = false
  #readyLink = 0
  #denials = 0
  #bindRefusals = 0
  /** When the server has to have answered the binding or the check of a key. */
  #answerDueMs = Infinity

  constructor(options: EngineOptions, core: EngineCore, sessions: Sessions) {
    this.#options = options
    this.core = core
    this.#sessions = sessions
    this.#pfs = options.pfs ?? true
    this.#lifetime = options.temporaryKeySeconds ?? TEMPORARY_KEY_SECONDS
    if (options.authKey) {
      this.#permanent = { key: authKeyOf(options.authKey), salts: new Salts(options.salt ?? 0n), expiresAt: undefined }
    }
  }

  connected(now: Instant): void {
    this.#up = true
    this.#exchange = undefined
    for (const session of this.#sessions.all()) {
      session.initialised = false
      if (!session.mute) askAboutAll(session, now)
    }
    this.#sessions.main?.heartbeat.start(now.monotonicMs)
    this.#advance(now)
  }

  disconnected(): void {
    this.#up = false
    this.#exchange = undefined
    this.#answerDueMs = Infinity
    this.#sessions.main?.heartbeat.stop()
  }

  /** The plaintext request that is to be sent now. */
  takeRequest(): Uint8Array | undefined {
    return this.#exchange?.takeRequest()
  }

  /** @throws {RemoteError} when no exchange waits for it, or a check fails. */
  takePlain(body: Uint8Array, now: Instant): void {
    if (this.#exchange === undefined) {
      throw new RemoteError('message', 'a plaintext message came outside of a key exchange', { path: 'auth_key_id' })
    }
    const done = this.#exchange.receive(body, now)
    if (done === undefined) return
    const expiresIn = this.#exchange.purpose.expiresIn
    this.#exchange = undefined
    this.#agreed(done, expiresIn, now)
  }

  /** A packet came that only the server can have made. */
  authenticated(): void {
    this.#denials = 0
  }

  timeout(up: boolean, now: Instant): void {
    this.#dropExpired(now)
    if (!up) return
    if (this.#exchange !== undefined) {
      if (this.#exchange.working) this.#exchange.work()
      else if (now.monotonicMs >= this.#exchange.dueMs) throw silent('the key exchange')
    } else if (now.monotonicMs >= this.#answerDueMs) {
      throw silent('the binding of a temporary key')
    } else if (now.monotonicMs >= this.#renewalMs()) {
      this.#startExchange(this.#lifetime, now)
    }
    this.#advance(now)
  }

  dueMs(up: boolean): number {
    const expiryMs = this.#expiryMs(this.#sessions.main)
    if (!up) return expiryMs
    if (this.#exchange) return Math.min(expiryMs, this.#exchange.working ? -Infinity : this.#exchange.dueMs)
    return Math.min(expiryMs, this.#answerDueMs, this.#renewalMs())
  }

  /** The link ended with a transport error, which nobody has signed. */
  denied(code: number | undefined, _now: Instant): KeyVerdict {
    if (code !== -404) return 'keep'
    if (this.#sessions.checking) return this.#permanentKeyRejected()
    const temporary = (this.#sessions.binding ?? this.#sessions.main)?.key
    if (temporary === undefined) return 'keep'
    if (temporary === this.#permanent) return 'suspect'
    this.#denials++
    if (this.#denials >= MAX_TEMPORARY_KEY_DENIALS) {
      this.#denials = 0
      this.#sessions.endKey(temporary)
    }
    return 'keep'
  }

  leaveSession(session: SessionState, now: Instant): void {
    const next = this.#sessions.restart(session, now)
    if (next === undefined) return
    if (next === this.#sessions.main) next.heartbeat.start(now.monotonicMs)
    if (next === this.#sessions.binding) this.#bind(next, now)
    if (next === this.#sessions.checking) this.#ask(next, keyCheckItem(), now)
  }

  unbound(session: SessionState, now: Instant): void {
    if (session !== this.#sessions.main || session.key === this.#permanent) return
    this.#sessions.replaceMain(undefined, false, Math.min(this.#expiryMs(session), now.monotonicMs + DRAIN_MS), now)
    this.#advance(now)
  }

  answered(session: SessionState, item: ServiceItem, result: Uint8Array, now: Instant): void {
    if (item.kind === 'bind' && session === this.#sessions.binding) return this.#bound(session, readAnswer(result), now)
    if (item.kind === 'key-check' && session === this.#sessions.checking) return this.#keyIsKnown(session)
    if (!SERVICE_ANSWERS.includes(constructorId(result))) return
    for (const effect of dispatch(session, { msgId: 0n, seqNo: 0, body: result })) {
      applyEffect(this, session, effect, now)
    }
  }

  /** Takes the next step that this link needs before it can carry calls. */
  #advance(now: Instant): void {
    if (!this.#up || this.#exchange) return
    if (this.#permanent === undefined) return this.#startExchange(undefined, now)
    const { main, binding, checking } = this.#sessions
    if (main === undefined && !this.#pfs) {
      this.#sessions.main = this.#newSession(this.#permanent)
      this.#sessions.main.heartbeat.start(now.monotonicMs)
    } else if (checking) {
      if (this.#askedOn.get(checking) !== this.core.link) this.#ask(checking, keyCheckItem(), now)
    } else if (binding) {
      if (this.#askedOn.get(binding) !== this.core.link) this.#bind(binding, now)
    } else if (main === undefined) {
      if (this.#bindRefusals >= MAX_BIND_REFUSALS) this.#checkPermanentKey(this.#permanent, now)
      else this.#startExchange(this.#lifetime, now)
    }
    if (this.#sessions.main && this.#readyLink !== this.core.link) {
      this.#readyLink = this.core.link
      this.core.emit({ type: 'ready' })
    }
  }

  /** Sends what a session is there for; the server has a limited time for the answer. */
  #ask(session: SessionState, item: ServiceItem, now: Instant): void {
    this.#askedOn.set(session, this.core.link)
    this.#answerDueMs = now.monotonicMs + HANDSHAKE_STEP_MS
    session.outbox = [...session.outbox.filter(({ kind }) => kind !== item.kind), item]
  }

  #startExchange(expiresIn: number | undefined, now: Instant): void {
    const { dc, serverKeys, random } = this.#options
    this.#exchange = new KeyExchange({ dc, expiresIn }, serverKeys, random, now)
  }

  #agreed({ authKey, firstSalt, serverTime, toldMs }: ExchangedKey, expiresIn: number | undefined, now: Instant): void {
    if (!this.core.clock.certain) this.core.clock.set(serverTime * 1000 + now.monotonicMs - toldMs, now)
    const expiresAt = expiresIn === undefined ? undefined : serverTime + expiresIn
    const key: SessionKey = { key: authKeyOf(authKey), salts: new Salts(firstSalt), expiresAt }
    const serverTimeOffsetMs = this.core.clock.offsetFromWallMs(now)
    this.core.emit({
      type: 'auth-key',
      authKey,
      salt: firstSalt,
      serverTimeOffsetMs,
      temporary: expiresIn !== undefined,
    })
    if (expiresIn === undefined) this.#permanent = key
    else this.#sessions.binding = this.#newSession(key)
    this.#advance(now)
  }

  #newSession(key: SessionKey): SessionState {
    return newSession(key, this.core.clock, this.core.random)
  }

  #bind(session: SessionState, now: Instant): void {
    if (this.#permanent === undefined) throw new LocalError('state', 'there is no permanent key to bind to')
    this.#ask(session, bindItem(session, this.#permanent, this.#options.random), now)
  }

  /** The answer to auth.bindTempAuthKey. */
  #bound(session: SessionState, answer: Answer, now: Instant): void {
    const message = 'refusal' in answer ? answer.refusal.message : undefined
    this.#answerDueMs = Infinity
    const isBound = 'body' in answer
      ? constructorId(answer.body) === ID_BOOL_TRUE
      : message === 'TEMP_AUTH_KEY_ALREADY_BOUND'
    this.#sessions.binding = undefined
    if (isBound) {
      this.#bindRefusals = 0
      this.#sessions.replaceMain(session, false, this.#expiryMs(this.#sessions.main), now)
      session.heartbeat.start(now.monotonicMs)
      return this.#advance(now)
    }
    this.#sessions.retire(session)
    this.#bindRefusals++
    if (this.#sessions.main !== undefined) {
      throw new RemoteError('service', `the server does not bind the next temporary key: ${message ?? 'boolFalse'}`, {
        path: 'auth.bindTempAuthKey',
      })
    }
    this.#advance(now)
  }

  /** Binding failed again and again: does the server know the permanent key at all? */
  #checkPermanentKey(permanent: SessionKey, now: Instant): void {
    this.#sessions.checking = this.#newSession(permanent)
    this.#ask(this.#sessions.checking, keyCheckItem(), now)
  }

  #keyIsKnown(session: SessionState): void {
    this.#sessions.retire(session)
    this.#sessions.checking = undefined
    this.#bindRefusals = 0
    throw new RemoteError('service', 'the server knows the permanent key, and binds no temporary key to it', {
      path: 'auth.bindTempAuthKey',
    })
  }

  #permanentKeyRejected(): KeyVerdict {
    this.#sessions.checking = undefined
    this.#bindRefusals = 0
    return 'rejected'
  }

  #dropExpired(now: Instant): void {
    const { main, binding } = this.#sessions
    if (main && now.monotonicMs >= this.#expiryMs(main)) this.#sessions.endKey(main.key)
    if (binding && now.monotonicMs >= this.#expiryMs(binding)) this.#sessions.endKey(binding.key)
  }

  #expiryMs(session: SessionState | undefined): number {
    const expiresAt = session?.key.expiresAt
    return expiresAt === undefined ? Infinity : this.core.clock.monotonicAt(expiresAt * 1000)
  }

  #renewalMs(): number {
    const { main, binding, checking } = this.#sessions
    return binding || checking ? Infinity : this.#expiryMs(main) - RENEWAL_PART * this.#lifetime * 1000
  }
}

function silent(where: string): TransportError {
  return new TransportError('silent', `the server does not answer in ${where}`)
}
