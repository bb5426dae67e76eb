import * as Api from '../../generated/api/index.js'
import {
  Connection,
  ConnectionTCPAbridged,
  ConnectionTCPFull,
  ConnectionTCPIntermediate,
  ConnectionTCPObfuscated,
  ConnectionTCPPaddedIntermediate,
} from '../../src/client/connection-kinds.js'
import { TelegramClient } from '../../src/client/telegram-client.js'
import { authKeyId } from '../../src/crypto/auth-key.js'
import { LocalError, TransportError } from '../../src/errors/errors.js'
import { isRpcError } from '../../src/errors/rpc-error.js'
import type { EngineEvent } from '../../src/mtproto/engine/engine.js'
import type { ManualPlatform } from '../../src/platform/manual.js'
import { StringSession } from '../../src/session/string-session.js'
import type { ClientPlatform } from './client-platform.js'
import type { FaultPlan, Framing } from './fault-plan.js'
import type { Ledger, Outcome, SimulatedCall } from './ledger.js'
import { observeEngines } from './observe-engines.js'
import type { SimulatedNetwork } from './simulated-network.js'
import { ADDRESSES, HOME_DC, nonceIn, writeErrand, type SimulatedServer } from './simulated-server.js'

const FRAMINGS: Readonly<Record<Framing, typeof Connection>> = {
  abridged: ConnectionTCPAbridged,
  intermediate: ConnectionTCPIntermediate,
  padded: ConnectionTCPPaddedIntermediate,
  full: ConnectionTCPFull,
  obfuscated: ConnectionTCPObfuscated,
}

/** The client that is tried: what becomes of its calls goes into the ledger, and what its engines say with it. */
export class SimulatedClient {
  /** Texts of the updates that were handed out, in order. */
  readonly received: string[] = []
  readonly #client: TelegramClient
  readonly #platform: ManualPlatform
  readonly #ledger: Ledger
  readonly #server: SimulatedServer
  #nonce = 0
  #permanentKeys = 0

  /** @param platform that of the world, on which callers wait; @param own that of the client */
  constructor(platform: ManualPlatform, own: ClientPlatform, server: SimulatedServer, network: SimulatedNetwork, plan: FaultPlan, ledger: Ledger) {
    this.#platform = platform
    this.#ledger = ledger
    this.#server = server
    observeEngines({
      sent: (request) => ledger.sent(nonceIn(request)),
      timesPushed: (body) => server.timesPushed(body),
      fail: (oracle, what) => ledger.fail(oracle, what),
      event: (_engine, event) => this.#onEngineEvent(event),
    })
    this.#client = new TelegramClient(sessionFor(server, plan), 1, 'simulated', {
      platform: own,
      dial: network.dial,
      connection: FRAMINGS[plan.framing],
      pfs: plan.temporaryKeys,
      timeout: 4 * 3600,
      connectionRetries: Number.MAX_SAFE_INTEGER,
      deviceModel: 'simulated',
      systemVersion: '1',
    })
    this.#client.addEventHandler((update) => {
      if (update instanceof Api.UpdateNewMessage && update.message.className === 'Message') this.received.push(update.message.message)
    })
  }

  /** How many permanent keys were made in this run. */
  get permanentKeys(): number {
    return this.#permanentKeys
  }

  /** Begins to connect. @returns whether that is done */
  connect(): () => boolean {
    return this.#begin('connect()', this.#client.connect())
  }

  /** Begins to catch up. @returns whether that is done */
  catchUp(): () => boolean {
    return this.#begin('catchUp()', this.#client.catchUp())
  }

  disconnect(): Promise<void> {
    return this.#client.disconnect()
  }

  /** Calls the server, and settles the call in the ledger. */
  call(idempotent: boolean, answerLength: number, delayMs: number, abortAfterMs?: number): SimulatedCall {
    const nonce = `call-${this.#nonce++}`
    const call = this.#ledger.begin(nonce, idempotent, this.#nowMs)
    const abort = new AbortController()
    if (abortAfterMs !== undefined) this.#platform.timers.set(abortAfterMs, () => abort.abort())
    void this.#invoke(idempotent, writeErrand({ nonce, answerLength, delayMs }), abort.signal).then(
      (answer) => {
        if (!call.answers.includes(answer)) this.#ledger.fail('answers match', `${nonce} got an answer that the server has not given to it`)
        this.#ledger.settled(call, 'answered', this.#nowMs)
      },
      (error: Error) => this.#ledger.settled(call, outcomeOf(error), this.#nowMs, error),
    )
    return call
  }

  async #invoke(idempotent: boolean, errand: string, signal: AbortSignal): Promise<string> {
    if (idempotent) return (await this.#client.invoke(new Api.payments.GetBankCardData({ number: errand }), { signal })).title
    const params = new Api.DataJSON({ data: errand })
    return (await this.#client.invoke(new Api.bots.SendCustomRequest({ customMethod: 'errand', params }), { signal })).data
  }

  #begin(what: string, work: Promise<unknown>): () => boolean {
    let done = false
    work.then(() => (done = true), (error: Error) => this.#ledger.fail('no call lost', `${what}: ${error.message}`))
    return () => done
  }

  #onEngineEvent(event: EngineEvent): void {
    const ledger = this.#ledger
    if (event.type === 'lost') ledger.note(`engine: lost, ${event.error.message}`)
    else ledger.note(`engine: ${event.type}${'call' in event ? ` ${event.call}` : ''}`)
    // Somebody on the path may claim that a temporary key is gone. Believed twice, that costs what was sent under it.
    if (event.type === 'lost' && event.error instanceof TransportError && event.error.transportCode === -404) ledger.stateLost = true
    if (event.type === 'lost' && event.key === 'rejected') ledger.fail('key kept', 'the permanent key was given up, and the server has it')
    if (event.type !== 'auth-key') return
    ledger.counts.keys++
    if (event.temporary) return
    const id = authKeyId(event.authKey)
    this.#server.adopt(new DataView(id.buffer, id.byteOffset).getBigUint64(0, true))
    this.#permanentKeys++
  }

  get #nowMs(): number {
    return this.#platform.clock.now().monotonicMs
  }
}

function sessionFor(server: SimulatedServer, plan: FaultPlan): StringSession {
  if (plan.knownKey) return new StringSession(server.login())
  const session = new StringSession('')
  const { host, port } = ADDRESSES[HOME_DC]!
  session.setDC(HOME_DC, host, port)
  return session
}

function outcomeOf(error: Error): Outcome {
  if (isRpcError(error)) return 'refused'
  if (!(error instanceof LocalError)) return 'failed'
  if (error.failure === 'aborted' || error.failure === 'disconnected') return 'aborted'
  return error.failure === 'unknown-outcome' ? 'unknown-outcome' : 'failed'
}
