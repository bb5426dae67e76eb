import type { AuthKey } from './auth-key.js'
import { entityRowsOf, type EntityQuery, type EntityRow } from './entity-row.js'
import { EntityRows } from './entity-rows.js'
import { Session } from './session.js'

/**
 * A session that lives as long as its object: nothing is written anywhere. Subclasses that keep it somewhere override
 * `load`, `save` and `processEntities`, and may set the fields that begin with `_`.
 */
export class MemorySession extends Session {
  protected readonly entities: EntityRows = new EntityRows()
  protected readonly authKeys: Map<number, AuthKey> = new Map()
  protected _serverAddress: string | undefined
  protected _port: number | undefined
  #dcId = 0

  override setDC(dcId: number, serverAddress: string, port: number): void {
    this._dcId = dcId
    this._serverAddress = serverAddress
    this._port = port
  }

  protected get _dcId(): number {
    return this.#dcId
  }

  /** A key that was set before anybody knew of which data centre it is, is of this one. */
  protected set _dcId(dcId: number) {
    const unplaced = this.#dcId === 0 ? this.authKeys.get(0) : undefined
    if (unplaced !== undefined) {
      this.authKeys.delete(0)
      this.authKeys.set(dcId, unplaced)
    }
    this.#dcId = dcId
  }

  protected get _authKey(): AuthKey | undefined {
    return this.authKey
  }

  protected set _authKey(value: AuthKey | undefined) {
    this.authKey = value
  }

  override get dcId(): number {
    return this.#dcId
  }

  override get serverAddress(): string | undefined {
    return this._serverAddress
  }

  override get port(): number | undefined {
    return this._port
  }

  override get authKey(): AuthKey | undefined {
    return this.authKeys.get(this.#dcId)
  }

  override set authKey(value: AuthKey | undefined) {
    this.setAuthKey(value)
  }

  override setAuthKey(authKey?: AuthKey, dcId: number = this.#dcId): void {
    if (authKey === undefined) this.authKeys.delete(dcId)
    else this.authKeys.set(dcId, authKey)
  }

  override getAuthKey(dcId: number = this.#dcId): AuthKey | undefined {
    return this.authKeys.get(dcId)
  }

  override async load(): Promise<void> {}

  override close(): void {}

  override save(): unknown {
    return undefined
  }

  override delete(): void {}

  override processEntities(value: unknown): void {
    for (const row of entityRowsOf(value)) this.entities.put(row)
  }

  override findEntity(query: EntityQuery): EntityRow | undefined {
    return this.entities.find(query)
  }

  override forgetUsername(username: string): void {
    this.entities.forgetUsername(username)
  }
}
