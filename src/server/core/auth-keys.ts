import type { AuthKey } from '../../mtproto/encrypted.js'
import { MAX_STRANGER_KEYS } from '../limits.js'
import type { SaltSchedule } from '../session/salts.js'

/** What initConnection said about the client. */
export interface ClientInfo {
  readonly apiId: number
  readonly deviceModel: string
  readonly systemVersion: string
  readonly appVersion: string
  readonly systemLangCode: string
  readonly langPack: string
  readonly langCode: string
}

/** One authorisation key, permanent or temporary, as the server keeps it. */
export interface ServerKey {
  /** `auth_key_id`: the low 64 bits of the key's SHA-1, unsigned. */
  readonly id: bigint
  readonly authKey: AuthKey
  readonly dcId: number
  readonly salts: SaltSchedule
  /** Wall-clock milliseconds at which a temporary key ends; absent for a permanent one. */
  readonly expiresAtMs: number | undefined
  /** The permanent key that auth.bindTempAuthKey has tied this temporary one to. */
  boundTo: ServerKey | undefined
  /** The layer of the last invokeWithLayer under this key. */
  layer: number | undefined
  client: ClientInfo | undefined
  /** Who is logged in. Of interest on permanent keys only: see `identityOf`. */
  userId: bigint | undefined
  /** Has given the code and still owes the password. */
  passwordPendingFor: bigint | undefined
}

/** The key that a login belongs to: the permanent one behind a bound temporary key, or the key itself. */
export function identityOf(key: ServerKey): ServerKey {
  return key.boundTo ?? key
}

/** A temporary key has a time, and that has come. */
function isOver({ expiresAtMs }: ServerKey, nowMs: number): boolean {
  return expiresAtMs !== undefined && expiresAtMs <= nowMs
}

/** A temporary key may do nothing for an account until it is bound. */
export function isUnbound(key: ServerKey): boolean {
  return key.expiresAtMs !== undefined && key.boundTo === undefined
}

/** What else there is about keys. */
export interface KeyUsers {
  /** Whether a connection uses the key right now. */
  isInUse(key: ServerKey): boolean
  /** The key is dropped: it has ended, or nobody came back to it. */
  dropped(key: ServerKey): void
}

/**
 * The keys of one data centre. Keys that somebody is logged in with stay; of the others, which anybody can make, a
 * limited number does.
 */
export class AuthKeys {
  readonly #keys = new Map<bigint, ServerKey>()
  readonly #users: KeyUsers
  /** With so many keys it is time to look for some that can be dropped. */
  #sweepAt = MAX_STRANGER_KEYS

  constructor(users: KeyUsers) {
    this.#users = users
  }

  get size(): number {
    return this.#keys.size
  }

  get(id: bigint, nowMs: number): ServerKey | undefined {
    const key = this.#keys.get(id)
    if (key === undefined || !isOver(key, nowMs)) return key
    this.#drop(key)
    return undefined
  }

  has(id: bigint): boolean {
    return this.#keys.has(id)
  }

  add(key: ServerKey, nowMs: number): void {
    if (this.#keys.size >= this.#sweepAt) this.#sweep(nowMs)
    this.#keys.set(key.id, key)
  }

  /** Forgets a key, and with a permanent one every temporary key that is bound to it. */
  destroy(key: ServerKey): boolean {
    const known = this.#keys.delete(key.id)
    for (const other of this.#keys.values()) if (other.boundTo === key) this.#drop(other)
    return known
  }

  /** Whether a temporary key that is still valid is bound to this one. */
  hasTemporary(permanent: ServerKey, nowMs: number): boolean {
    for (const { boundTo, expiresAtMs = 0 } of this.#keys.values()) {
      if (boundTo === permanent && expiresAtMs > nowMs) return true
    }
    return false
  }

  clear(): void {
    this.#keys.clear()
    this.#sweepAt = MAX_STRANGER_KEYS
  }

  values(): Iterable<ServerKey> {
    return this.#keys.values()
  }

  /** Drops what has ended, and half of the strangers, oldest first, so that the next search is far away. */
  #sweep(nowMs: number): void {
    let strangers = 0
    for (const key of this.#keys.values()) {
      if (isOver(key, nowMs)) this.#drop(key)
      else if (this.#isIdleStranger(key)) strangers++
    }
    for (const key of this.#keys.values()) {
      if (strangers <= MAX_STRANGER_KEYS / 2) break
      if (!this.#isIdleStranger(key)) continue
      this.destroy(key)
      this.#users.dropped(key)
      strangers--
    }
    this.#sweepAt = this.#keys.size + MAX_STRANGER_KEYS / 2
  }

  #isIdleStranger(key: ServerKey): boolean {
    return identityOf(key).userId === undefined && !this.#users.isInUse(key)
  }

  #drop(key: ServerKey): void {
    this.#keys.delete(key.id)
    this.#users.dropped(key)
  }
}
