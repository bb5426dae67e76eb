import type * as Api from '../../generated/api/index.js'
import { LocalError } from '../errors/errors.js'
import { describe } from '../errors/evidence.js'
import type { AuthKey } from './auth-key.js'
import type { EntityQuery, EntityRow } from './entity-row.js'
import { parsePeerName } from './peer-name.js'
import { peerOfObject } from './peer-object.js'
import { rememberedPeer } from './remembered-peer.js'
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

  /**
   * A peer as requests need it, of what is remembered alone; a client asks the server where this gives up.
   * @throws {LocalError} `entity`, when the session has not met the peer.
   */
  getInputEntity(entity: Api.TypeEntityLike): Api.TypeInputPeer {
    const found = peerOfObject(entity) ?? parsePeerName(entity)
    const peer = found === undefined || !('kind' in found) ? found : rememberedPeer(this, found)
    if (peer !== undefined) return peer
    throw new LocalError('entity', `this session has not met ${describe(entity)}; ask client.getInputEntity() for it`)
  }

  /** The server has said that this username does not name the peer that is remembered under it. */
  forgetUsername(_username: string): void {}
}
