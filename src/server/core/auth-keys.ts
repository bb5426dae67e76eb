import type { AuthKey } from '../../mtproto/encrypted.js'
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

/** A temporary key may do nothing for an account until it is bound. */
export function isUnbound(key: ServerKey): boolean {
  return key.expiresAtMs !== undefined && key.boundTo === undefined
}

/** The keys of one data centre. */
export class AuthKeys {
  readonly #keys = new Map<bigint, ServerKey>()

  get size(): number {
    return this.#keys.size
  }

  get(id: bigint, nowMs: number): ServerKey | undefined {
    const key = this.#keys.get(id)
    if (key?.expiresAtMs !== undefined && key.expiresAtMs <= nowMs) {
      this.#keys.delete(id)
      return undefined
    }
    return key
  }

  has(id: bigint): boolean {
    return this.#keys.has(id)
  }

  add(key: ServerKey): void {
    this.#keys.set(key.id, key)
  }

  /** Forgets a key, and with a permanent one every temporary key that is bound to it. */
  destroy(key: ServerKey): boolean {
    const known = this.#keys.delete(key.id)
    for (const other of this.#keys.values()) if (other.boundTo === key) this.#keys.delete(other.id)
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
  }

  values(): Iterable<ServerKey> {
    return this.#keys.values()
  }
}
