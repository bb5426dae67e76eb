import type { AuthKey } from './auth-key.js'
import type { EntityQuery, EntityRow } from './entity-row.js'
import type { UpdateState } from './update-state.js'

/**
 * Where a client keeps what it must remember between runs: the home data centre, its key, known peers, the state of
 * updates. The client calls `load` before it connects and `save` whenever something of importance has changed.
 */
export abstract class Session {
  /** How far updates were processed, or `undefined` before the first login. */
  updateState: UpdateState | undefined

  abstract setDC(dcId: number, serverAddress: string, port: number): void
  /** The home data centre; 0 before the first connection. */
  abstract get dcId(): number
  abstract get serverAddress(): string | undefined
  abstract get port(): number | undefined
  /** The key of the home data centre. */
  abstract get authKey(): AuthKey | undefined
  abstract set authKey(value: AuthKey | undefined)
  abstract load(): Promise<void>
  /** Without a `dcId`, of the home data centre. */
  abstract setAuthKey(authKey?: AuthKey, dcId?: number): void
  abstract getAuthKey(dcId?: number): AuthKey | undefined
  /** The client has disconnected; resources can be given back. */
  abstract close(): void
  abstract save(): unknown
  /** The account has logged out: whatever was stored is no longer valid. */
  abstract delete(): void
  /** Remembers the peers in an answer or an update. */
  abstract processEntities(value: unknown): void

  /** A peer that was seen before. Sessions that remember none answer `undefined`. */
  findEntity(_query: EntityQuery): EntityRow | undefined {
    return undefined
  }

  /** The server has said that this username does not name the peer that is remembered under it. */
  forgetUsername(_username: string): void {}
}
