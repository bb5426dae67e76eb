import type { TlObject } from '../../tl/object.js'
import { authKeyOf, type AuthKey } from '../../mtproto/encrypted.js'
import type { KeyMade } from '../../mtproto/handshake/server.js'
import type { RsaPrivateKey } from '../../crypto/rsa.js'
import type { Link, LinkHandlers } from '../../net/link.js'
import { randomUint64 } from '../../platform/random.js'
import type { TransportCodec } from '../../transport/codec.js'
import { detectTransport } from '../../transport/detect.js'
import { KeyExchanges } from '../connection/key-exchange.js'
import { ServerConnection, type ConnectionHost } from '../connection/server-connection.js'
import { encodeObject } from '../services/encode-result.js'
import { layerOf } from '../services/dispatcher.js'
import { Queries } from '../session/queries.js'
import { SaltSchedule } from '../session/salts.js'
import type { ServerSession, SessionLink } from '../session/server-session.js'
import type { ServiceHost } from '../session/service-host.js'
import { ServiceMessages } from '../session/service-messages.js'
import { SessionStore } from '../session/session-store.js'
import type { ViolationCode } from '../strict.js'
import { AuthKeys, identityOf, type ServerKey } from './auth-keys.js'
import type { DataCentre } from './data-centres.js'
import { serverMs, type Environment } from './environment.js'

/** Numbers that clients add for test servers (mtproto/auth_key). */
export const TEST_DC = 10_000

/** One data centre: its keys, sessions and connections. The world is shared with the others. No sockets here. */
export class Centre implements ConnectionHost, ServiceHost {
  readonly dc: DataCentre
  readonly environment: Environment
  readonly sessions: SessionStore
  readonly keys: AuthKeys
  readonly queries: Queries
  readonly exchanges: KeyExchanges
  readonly messages: ServiceMessages
  readonly connections: Set<ServerConnection> = new Set()

  constructor(dc: DataCentre, environment: Environment, rsaKeys: readonly RsaPrivateKey[]) {
    this.dc = dc
    this.environment = environment
    const sessions = new SessionStore(environment)
    this.sessions = sessions
    this.keys = new AuthKeys({
      isInUse: (key) => sessions.isConnected(key),
      dropped: (key) => sessions.destroyAllOf(key),
    })
    this.queries = new Queries(environment, dc, this.keys, (key, updates) => this.#notify(key, updates))
    this.messages = new ServiceMessages(this)
    this.exchanges = new KeyExchanges({
      environment,
      rsaKeys,
      isThisDc: (id) => Math.abs(id) % TEST_DC === dc.id,
      isTaken: (authKey) => this.keys.has(idOf(authKeyOf(authKey))),
      onKey: (made) => this.#keep(made),
    })
  }

  /** Takes a new connection; the answer gets its bytes. */
  accept(link: Link): LinkHandlers {
    return this.connect(link, detectTransport(this.environment.platform.random))
  }

  /** Takes a connection whose framing is known. */
  connect(link: Link, codec: TransportCodec): ServerConnection {
    const connection = new ServerConnection(this, link, codec)
    this.connections.add(connection)
    return connection
  }

  closed(connection: ServerConnection): void {
    this.connections.delete(connection)
  }

  findKey(id: bigint): ServerKey | undefined {
    return this.keys.get(id, serverMs(this.environment))
  }

  /** Registers a permanent key as if it had been exchanged before, logged in where a user is named. */
  addKey(authKey: Uint8Array, userId: bigint | undefined): ServerKey {
    const salt = randomUint64(this.environment.platform.random)
    return this.#add(authKey, salt, undefined, userId)
  }

  /** Pushes updates to every session of a user that takes them. */
  push(userId: bigint, updates: TlObject, exceptKeyId?: bigint): number {
    let sessions = 0
    for (const key of this.keys.values()) {
      if (identityOf(key).userId !== userId || key.id === exceptKeyId) continue
      for (const session of this.sessions.of(key)) {
        if (!session.takesUpdates) continue
        sessions++
        this.pushTo(session, updates)
      }
    }
    return sessions
  }

  /** Pushes any object into one session. */
  pushTo(session: ServerSession, object: TlObject): void {
    session.enqueue(encodeObject(object, layerOf(session.key)), { kind: 3, contentRelated: true })
    session.flushSoon()
  }

  /** Forgets all sessions and breaks all connections; keys stay. */
  restart(): void {
    this.dropConnections()
    this.sessions.clear()
  }

  dropConnections(): void {
    for (const connection of [...this.connections]) connection.end()
  }

  disconnectLater(link: SessionLink, delaySeconds: number): void {
    if (link instanceof ServerConnection) link.endLater(delaySeconds)
  }

  destroySession(session: ServerSession, sessionId: bigint): boolean {
    return sessionId !== session.id && this.sessions.destroy(session.key, sessionId)
  }

  destroyKey(session: ServerSession): boolean {
    this.sessions.destroyAllOf(session.key, session)
    return this.keys.destroy(session.key)
  }

  report({ key, id }: ServerSession, code: ViolationCode, msgId: bigint, what: string): void {
    const atMs = serverMs(this.environment)
    this.environment.violations.report({ code, what, keyId: key.id, sessionId: id, msgId, atMs })
  }

  #notify(identity: ServerKey, updates: TlObject): void {
    for (const key of this.keys.values()) {
      if (identityOf(key) !== identity) continue
      for (const session of this.sessions.of(key)) if (session.takesUpdates) this.pushTo(session, updates)
    }
  }

  #keep({ authKey, firstSalt, expiresIn }: KeyMade): void {
    const expiresAtMs = expiresIn === undefined ? undefined : serverMs(this.environment) + expiresIn * 1000
    this.#add(authKey, firstSalt, expiresAtMs, undefined)
  }

  #add(bytes: Uint8Array, salt: bigint, expiresAtMs: number | undefined, userId: bigint | undefined): ServerKey {
    const authKey = authKeyOf(bytes)
    const { platform, salts } = this.environment
    const key: ServerKey = {
      id: idOf(authKey),
      authKey,
      dcId: this.dc.id,
      salts: new SaltSchedule(salt, serverMs(this.environment), platform.random, salts),
      expiresAtMs,
      boundTo: undefined,
      layer: undefined,
      client: undefined,
      userId,
      passwordPendingFor: undefined,
    }
    this.keys.add(key, serverMs(this.environment))
    return key
  }
}

/** `auth_key_id` as an unsigned number. */
function idOf({ id }: AuthKey): bigint {
  return new DataView(id.buffer, id.byteOffset).getBigUint64(0, true)
}
