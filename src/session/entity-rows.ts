import type { EntityQuery, EntityRow } from './entity-row.js'
import { MAX_CACHED_ENTITIES } from './limits.js'

/**
 * Rows by id, username and phone. A newer row replaces an older one of the same peer, and a username that moved to
 * another peer is forgotten for the first. Bounded: the row that was not written for the longest time goes first.
 */
export class EntityRows {
  readonly #rows = new Map<string, EntityRow>()
  readonly #byUsername = new Map<string, string>()
  readonly #byPhone = new Map<string, string>()
  readonly #capacity: number

  constructor(capacity: number = MAX_CACHED_ENTITIES) {
    this.#capacity = capacity
  }

  get size(): number {
    return this.#rows.size
  }

  /** Returns whether something changed. */
  put(row: EntityRow): boolean {
    const key = `${row.kind}:${row.id}`
    const known = this.#rows.get(key)
    if (known !== undefined) this.#forget(key, known)
    this.#rows.set(key, row)
    for (const username of row.usernames) this.#byUsername.set(username, key)
    if (row.phone !== undefined) this.#byPhone.set(row.phone, key)
    if (this.#rows.size > this.#capacity) this.#forgetOldest()
    return known === undefined || !sameRow(known, row)
  }

  find(query: EntityQuery): EntityRow | undefined {
    const key =
      'username' in query
        ? this.#byUsername.get(query.username.toLowerCase())
        : 'phone' in query
          ? this.#byPhone.get(query.phone.replace(/\D/g, ''))
          : `${query.kind}:${query.id}`
    return key === undefined ? undefined : this.#rows.get(key)
  }

  /** The peer is no longer known under this name: the server says that the name is free or somebody else's. */
  forgetUsername(username: string): void {
    this.#byUsername.delete(username.toLowerCase())
  }

  all(): IterableIterator<EntityRow> {
    return this.#rows.values()
  }

  #forgetOldest(): void {
    for (const [key, row] of this.#rows) return this.#forget(key, row)
  }

  #forget(key: string, row: EntityRow): void {
    this.#rows.delete(key)
    for (const username of row.usernames) if (this.#byUsername.get(username) === key) this.#byUsername.delete(username)
    if (row.phone !== undefined && this.#byPhone.get(row.phone) === key) this.#byPhone.delete(row.phone)
  }
}

function sameRow(a: EntityRow, b: EntityRow): boolean {
  return a.accessHash === b.accessHash && a.phone === b.phone && a.usernames.join() === b.usernames.join()
}
