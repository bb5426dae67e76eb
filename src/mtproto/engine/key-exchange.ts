import { RemoteError } from '../../errors/errors.js'
import type { RsaPublicKey } from '../../crypto/rsa.js'
import type { Instant } from '../../platform/clock.js'
import type { Random } from '../../platform/random.js'
import * as steps from '../handshake/client.js'
import { HANDSHAKE_STEP_MS } from '../limits.js'

/** What an exchange ends in. */
export interface ExchangedKey {
  readonly authKey: Uint8Array
  readonly firstSalt: bigint
  /** Unix seconds at the server, and our monotonic clock when it said so. */
  readonly serverTime: number
  readonly toldMs: number
}

type State = steps.AwaitingResPq | steps.FactoringPq | steps.AwaitingDhParams | steps.AwaitingDhGen | steps.AgreedKey

/**
 * One key exchange over one link: the chain of steps, the request that is to be sent, and the time that a step may
 * take.
 */
export class KeyExchange {
  readonly purpose: steps.KeyPurpose
  readonly #serverKeys: readonly RsaPublicKey[]
  readonly #random: Random
  #state: State
  #request: Uint8Array | undefined
  #stepDueMs: number
  #serverTime = 0
  #toldMs = 0

  constructor(purpose: steps.KeyPurpose, serverKeys: readonly RsaPublicKey[], random: Random, now: Instant) {
    this.purpose = purpose
    this.#serverKeys = serverKeys
    this.#random = random
    const { request, state } = steps.step1(random)
    this.#request = request
    this.#state = state
    this.#stepDueMs = now.monotonicMs + HANDSHAKE_STEP_MS
  }

  /** The next request, once. */
  takeRequest(): Uint8Array | undefined {
    const request = this.#request
    this.#request = undefined
    return request
  }

  /** The body of a plaintext message. @throws {RemoteError} when a check fails: the exchange is over. */
  receive(body: Uint8Array, now: Instant): ExchangedKey | undefined {
    this.#stepDueMs = now.monotonicMs + HANDSHAKE_STEP_MS
    const state = this.#state
    switch (state.awaiting) {
      case 'resPQ':
        this.#state = steps.step2(state, body, this.#serverKeys)
        return undefined
      case 'Server_DH_Params':
        this.#go(steps.step5(state, body, this.#random))
        this.#toldMs = now.monotonicMs
        return undefined
      case 'Set_client_DH_params_answer': {
        this.#serverTime = state.serverTime
        const next = steps.step6(state, body, this.#random)
        if ('request' in next) {
          this.#go(next)
          return undefined
        }
        this.#state = next
        const { authKey, firstSalt } = next
        return { authKey, firstSalt, serverTime: this.#serverTime, toldMs: this.#toldMs }
      }
      default:
        throw new RemoteError('handshake', 'an answer came that no step of the key exchange waits for', {
          path: state.awaiting,
        })
    }
  }

  /** Factors a little further; nothing to do in any other step. @throws {RemoteError} on an impossible pq. */
  work(): void {
    if (this.#state.awaiting !== 'factors') return
    const factors = steps.step3(this.#state)
    if (factors !== undefined) this.#go(steps.step4(this.#state, factors, this.purpose, this.#random))
  }

  /** Whether `work` has something to do. */
  get working(): boolean {
    return this.#state.awaiting === 'factors'
  }

  /** When the step has taken too long, on the monotonic clock. */
  get dueMs(): number {
    return this.#stepDueMs
  }

  #go<Next extends State>({ request, state }: steps.Step<Next>): void {
    this.#request = request
    this.#state = state
  }
}
