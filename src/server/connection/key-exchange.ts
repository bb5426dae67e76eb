import { toHex } from '../../bytes/hex.js'
import { isPrime } from '../../crypto/prime.node.js'
import type { RsaPrivateKey } from '../../crypto/rsa.js'
import { temporaryAesKey } from '../../crypto/auth-key.js'
import * as Mtproto from '../../../generated/mtproto/index.js'
import { RemoteError } from '../../errors/errors.js'
import { constructorId } from '../../mtproto/constructors.js'
import { openExchange } from '../../mtproto/handshake/dh-answer.js'
import {
  answerReqDhParams,
  answerReqPq,
  answerSetClientDhParams,
  type KeyMade,
  type SentDhParams,
  type SentResPq,
  type ServerPrimes,
} from '../../mtproto/handshake/server.js'
import { readExactly, readObject } from '../../mtproto/service-codec.js'
import { randomBytes, type Random } from '../../platform/random.js'
import { serverMs, type Environment } from '../core/environment.js'
import type { ExchangeStep } from '../faults.js'
import { BoundedMap } from '../bounded-map.js'
import { HANDSHAKE_MS, MAX_HANDSHAKES } from '../limits.js'
import type { ViolationCode } from '../strict.js'

const ID_REQ_PQ = 0x60469778 // req_pq, which clients sent before there were several server keys

interface Pending {
  state: SentResPq | SentDhParams
  /** The last query and what was answered: the same query again gets the same answer. */
  request: Uint8Array
  answer: Uint8Array
  readonly sinceMs: number
}

export interface ExchangeAnswer {
  readonly step: ExchangeStep
  readonly body: Uint8Array
  /** What is remembered for the next step: the nonces, among others. For tests that answer something else. */
  readonly state: SentResPq | SentDhParams | KeyMade
}

export interface ExchangeOptions {
  readonly environment: Environment
  readonly rsaKeys: readonly RsaPrivateKey[]
  /** The number that clients name in their inner data: `dc`, plus 10000 for a test server, negative for a media one. */
  readonly isThisDc: (dc: number) => boolean
  readonly isTaken: (authKey: Uint8Array) => boolean
  readonly onKey: (key: KeyMade) => void
}

/** The inner data named another data centre: to be answered with -444. */
export class WrongDataCentre extends RemoteError {
  constructor(dc: number) {
    const path = 'p_q_inner_data.dc'
    super('handshake', `${path}: ${dc} is another data centre`, { path, got: String(dc) })
  }
}

/**
 * The key exchanges that are under way at one data centre. They hang on no connection: a client may go on over another.
 * @see https://core.telegram.org/mtproto/auth_key
 */
export class KeyExchanges {
  readonly #options: ExchangeOptions
  readonly #pending = new BoundedMap<string, Pending>(MAX_HANDSHAKES)

  constructor(options: ExchangeOptions) {
    this.#options = options
  }

  /**
   * Answers one query of an exchange.
   * @throws {RemoteError} when it fits none: to be answered with -404, or -444 for `WrongDataCentre`.
   */
  answer(request: Uint8Array): ExchangeAnswer {
    const id = constructorId(request)
    if (id === Mtproto.ReqPqMulti.CONSTRUCTOR_ID || id === ID_REQ_PQ) return this.#begin(request)
    // Both later queries begin with the two nonces, which name the exchange.
    const name = toHex(request.subarray(4, 36))
    const pending = this.#pending.get(name)
    if (!pending || this.#nowMs() - pending.sinceMs > HANDSHAKE_MS) {
      throw new RemoteError('handshake', 'a query belongs to no key exchange of this server', { constructorId: id })
    }
    if (toHex(pending.request) === toHex(request)) {
      return { step: stepOf(pending.state), body: pending.answer, state: pending.state }
    }
    return pending.state.awaiting === 'req_DH_params'
      ? this.#offer(pending, pending.state, request)
      : this.#finish(name, pending, pending.state, request)
  }

  #begin(request: Uint8Array): ExchangeAnswer {
    const { environment, rsaKeys } = this.#options
    const { random } = environment.platform
    const { answer, state } = answerReqPq(request, rsaKeys, drawPrimes(random), random)
    const name = toHex(state.nonce) + toHex(state.serverNonce)
    this.#pending.set(name, { state, request, answer, sinceMs: this.#nowMs() })
    return { step: 'resPQ', body: answer, state }
  }

  #offer(pending: Pending, sent: SentResPq, request: Uint8Array): ExchangeAnswer {
    const { environment, rsaKeys, isThisDc } = this.#options
    const seconds = Math.floor(serverMs(environment) / 1000)
    const { answer, state } = answerReqDhParams(sent, request, rsaKeys, seconds, environment.platform.random)
    if (state.legacyPadding) this.#report('legacy-rsa-padding', 'the inner data came in the retired RSA padding')
    if (state.dc !== undefined && !isThisDc(state.dc)) {
      this.#report('wrong-dc', `the inner data names data centre ${state.dc}`)
      throw new WrongDataCentre(state.dc)
    }
    Object.assign(pending, { state, request, answer })
    return { step: 'server_DH_params', body: answer, state }
  }

  #finish(name: string, pending: Pending, sent: SentDhParams, request: Uint8Array): ExchangeAnswer {
    const { answer, state } = answerSetClientDhParams(sent, request, this.#options.isTaken)
    this.#checkPadding(sent, request)
    if (state.awaiting === 'nothing') {
      this.#pending.delete(name)
      this.#options.onKey(state)
    } else {
      Object.assign(pending, { state, request, answer })
    }
    return { step: 'dh_gen', body: answer, state }
  }

  /** `g_b` has to have all of its 256 bytes, zeros on the left included. */
  #checkPadding({ newNonce, serverNonce }: SentDhParams, request: Uint8Array): void {
    if (!this.#options.environment.violations.strict) return
    const { encryptedData } = readObject(request, Mtproto.SetClientDHParams)
    const data = openExchange(encryptedData, temporaryAesKey(newNonce, serverNonce), 'set_client_DH_params')
    const { gB } = readExactly(data, Mtproto.ClientDHInnerData)
    if (gB.length !== 256) this.#report('unpadded-number', `g_b has ${gB.length} bytes, 256 belong there`)
  }

  #report(code: ViolationCode, what: string): void {
    const { violations, platform } = this.#options.environment
    const nowhere = { keyId: undefined, sessionId: undefined, msgId: undefined }
    violations.report({ code, what, ...nowhere, atMs: platform.clock.now().wallMs })
  }

  #nowMs(): number {
    return this.#options.environment.platform.clock.now().monotonicMs
  }
}

function stepOf(state: SentResPq | SentDhParams): ExchangeStep {
  if (state.awaiting === 'req_DH_params') return 'resPQ'
  return state.retryId === 0n ? 'server_DH_params' : 'dh_gen'
}

/** Two different primes of 31 bits: their product is below 2^63, and a client factors it in milliseconds. */
function drawPrimes(random: Random): ServerPrimes {
  const draw = (): bigint => {
    const [a, b, c, d] = randomBytes(random, 4) as unknown as [number, number, number, number]
    let candidate = BigInt(((a << 24) | (b << 16) | (c << 8) | d) >>> 2) | (1n << 30n) | 1n
    while (!isPrime(candidate)) candidate += 2n
    return candidate
  }
  const first = draw()
  let second = draw()
  while (second === first) second = draw()
  return first < second ? { p: first, q: second } : { p: second, q: first }
}
