import type { Platform } from '../../platform/platform.js'
import { randomBytes } from '../../platform/random.js'
import { equalConstantTime } from '../../bytes/equal.js'
import { toHex } from '../../bytes/hex.js'
import { BoundedMap } from '../bounded-map.js'
import { EXPORTED_AUTHORIZATION_MS, MAX_LOGINS_UNDER_WAY } from '../limits.js'
import { makeChallenge, type PasswordChallenge } from './password.js'
import type { WorldUser } from './peers.js'

interface SentCode {
  readonly phone: string
  readonly code: string
}

interface AskedPassword {
  readonly userId: bigint
  readonly challenge: PasswordChallenge
}

interface ExportedAuthorization {
  readonly userId: bigint
  readonly bytes: Uint8Array
  readonly dcId: number
  readonly untilMs: number
}

/** What is under way between a first request of a login and its last: codes, password questions, exported logins. */
export class Accounts {
  readonly #platform: Platform
  readonly #codeOf: (phone: string) => string
  readonly #codes = new BoundedMap<string, SentCode>(MAX_LOGINS_UNDER_WAY)
  readonly #challenges = new BoundedMap<bigint, AskedPassword>(MAX_LOGINS_UNDER_WAY)
  readonly #exported = new Map<bigint, ExportedAuthorization>()

  constructor(platform: Platform, codeOf: (phone: string) => string) {
    this.#platform = platform
    this.#codeOf = codeOf
  }

  /** "Sends" a login code; the answer is its `phone_code_hash`. */
  sendCode(phone: string): string {
    const hash = toHex(randomBytes(this.#platform.random, 9))
    this.#codes.set(hash, { phone: digits(phone), code: this.#codeOf(phone) })
    return hash
  }

  codeLength(phone: string): number {
    return this.#codeOf(phone).length
  }

  /** Whether `code` is the one that was sent under `hash`; without a code, whether anything was sent. */
  checkCode(phone: string, hash: string, code: string | undefined): 'right' | 'wrong' | 'expired' {
    const sent = this.#codes.get(hash)
    if (!sent || sent.phone !== digits(phone)) return 'expired'
    return code === undefined || sent.code === code ? 'right' : 'wrong'
  }

  forgetCode(hash: string): boolean {
    return this.#codes.delete(hash)
  }

  /** A question that only somebody with the user's password can answer. */
  challenge(user: WorldUser): PasswordChallenge | undefined {
    if (!user.password) return undefined
    const challenge = makeChallenge(user.password, this.#platform.random)
    this.#challenges.set(challenge.srpId, { userId: user.id, challenge })
    return challenge
  }

  /** Takes a question back: each is answered once, right or wrong. */
  takeChallenge(srpId: bigint, user: WorldUser): PasswordChallenge | undefined {
    const asked = this.#challenges.get(srpId)
    if (!asked || asked.userId !== user.id) return undefined
    this.#challenges.delete(srpId)
    return asked.challenge
  }

  exportLogin(user: WorldUser, dcId: number): { readonly id: bigint; readonly bytes: Uint8Array } {
    const bytes = randomBytes(this.#platform.random, 128)
    const untilMs = this.#platform.clock.now().monotonicMs + EXPORTED_AUTHORIZATION_MS
    this.#exported.set(user.id, { userId: user.id, bytes, dcId, untilMs })
    return { id: user.id, bytes }
  }

  /** The user whose login was exported for this data centre: once, within a minute. */
  importLogin(id: bigint, bytes: Uint8Array, dcId: number): bigint | undefined {
    const exported = this.#exported.get(id)
    if (!exported || exported.dcId !== dcId || !equalConstantTime(exported.bytes, bytes)) return undefined
    this.#exported.delete(id)
    return this.#platform.clock.now().monotonicMs <= exported.untilMs ? exported.userId : undefined
  }
}

function digits(phone: string): string {
  return phone.replace(/\D/g, '')
}
