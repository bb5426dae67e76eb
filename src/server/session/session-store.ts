import type { ServerKey } from '../core/auth-keys.js'
import type { Environment } from '../core/environment.js'
import { SESSIONS_PER_KEY } from '../limits.js'
import { ServerSession } from './server-session.js'

/** The sessions of a data centre, by key and id. Several connections may share one. */
export class SessionStore {
  readonly #byKey = new Map<ServerKey, Map<bigint, ServerSession>>()
  readonly #environment: Environment

  constructor(environment: Environment) {
    this.#environment = environment
  }

  get size(): number {
    let size = 0
    for (const sessions of this.#byKey.values()) size += sessions.size
    return size
  }

  get(key: ServerKey, id: bigint): ServerSession | undefined {
    return this.#byKey.get(key)?.get(id)
  }

  /** The session with this id; a new one where there is none, for which the longest idle one may have to go. */
  obtain(key: ServerKey, id: bigint): ServerSession {
    let sessions = this.#byKey.get(key)
    if (!sessions) this.#byKey.set(key, (sessions = new Map()))
    let session = sessions.get(id)
    if (!session) {
      if (sessions.size >= SESSIONS_PER_KEY) dropIdlest(sessions)
      session = new ServerSession(id, key, this.#environment)
      sessions.set(id, session)
    }
    session.lastActiveMs = this.#environment.platform.clock.now().monotonicMs
    return session
  }

  destroy(key: ServerKey, id: bigint): boolean {
    this.get(key, id)?.end()
    return this.#byKey.get(key)?.delete(id) ?? false
  }

  /** @param last still has something to say, and ends with its connections. */
  destroyAllOf(key: ServerKey, last?: ServerSession): void {
    for (const session of this.of(key)) if (session !== last) session.end()
    this.#byKey.delete(key)
  }

  /** Forgets every session, as a server does that restarts. */
  clear(): void {
    for (const session of this) session.end()
    this.#byKey.clear()
  }

  /** Whether a session of this key has a connection. */
  isConnected(key: ServerKey): boolean {
    for (const { links } of this.of(key)) if (links.size > 0) return true
    return false
  }

  of(key: ServerKey): Iterable<ServerSession> {
    return this.#byKey.get(key)?.values() ?? []
  }

  *[Symbol.iterator](): Iterator<ServerSession> {
    for (const sessions of this.#byKey.values()) yield* sessions.values()
  }
}

/** Sessions without a connection go first, then the one that was used longest ago. */
function dropIdlest(sessions: Map<bigint, ServerSession>): void {
  let idlest: ServerSession | undefined
  for (const session of sessions.values()) {
    if (!idlest) idlest = session
    else if (session.links.size === 0 && idlest.links.size > 0) idlest = session
    else if (session.links.size === 0 === (idlest.links.size === 0) && session.lastActiveMs < idlest.lastActiveMs) {
      idlest = session
    }
  }
  if (!idlest) return
  idlest.end()
  sessions.delete(idlest.id)
}
