import type { AuthKey } from './auth-key.js'
import { entityRowsOf, type EntityQuery, type EntityRow } from './entity-row.js'
import { EntityRows } from './entity-rows.js'
import { Session } from './session.js'

/** A session that lives as long as its object: nothing is written anywhere. */
export class MemorySession extends Session {
  protected readonly entities: EntityRows = new EntityRows()
  protected readonly authKeys: Map<number, AuthKey> = new Map()
  #dcId = 0
  #serverAddress: string | undefined
  #port: number | undefined

  override setDC(dcId: number, serverAddress: string, port: number): void {
    const unplaced = this.#dcId === 0 ? this.authKeys.get(0) : undefined
    if (unplaced !== undefined) {
      this.authKeys.delete(0)
      this.authKeys.set(dcId, unplaced)
    }
    this.#dcId = dcId
    this.#serverAddress = serverAddress
    this.#port = port
  }

  override get dcId(): number {
    return this.#dcId
  }

  override get serverAddress(): string | undefined {
    return this.#serverAddress
  }

  override get port(): number | undefined {
    return this.#port
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
