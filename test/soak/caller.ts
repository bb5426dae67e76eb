import { setTimeout as sleep } from 'node:timers/promises'
import * as Api from '../../generated/api/index.js'
import {
  ConnectionTCPAbridged,
  ConnectionTCPFull,
  ConnectionTCPIntermediate,
  ConnectionTCPObfuscated,
  ConnectionTCPPaddedIntermediate,
} from '../../src/client/connection-kinds.js'
import { TelegramClient } from '../../src/client/telegram-client.js'
import { LocalError } from '../../src/errors/errors.js'
import { StringSession } from '../../src/session/string-session.js'
import type { Dice } from '../sim/dice.js'
import type { CallLedger, Ending } from './call-ledger.js'
import { answerTo, writeErrand, type Errand } from './far-side.js'

const KINDS = [
  ConnectionTCPPaddedIntermediate,
  ConnectionTCPObfuscated,
  ConnectionTCPIntermediate,
  ConnectionTCPAbridged,
  ConnectionTCPFull,
] as const
/** No call gives up by itself: what is open at the end was lost. */
const TIMEOUT_SECONDS = 3600
const MEAN_PAUSE_MS = 4_000
const MOST_OPEN = 20
/** The chance, at each burst, that the client is disconnected in the middle of its calls and another takes its place. */
const REPLACED = 0.002
const LONGEST_DELAY_MS = 3_000

/** One user of the library: it calls, waits, calls again, and now and then starts over from its saved session. */
export class Caller {
  readonly #dice: Dice
  readonly #index: number
  readonly #ledger: CallLedger
  readonly #kind: (typeof KINDS)[number]
  readonly #open = new Set<Promise<void>>()
  readonly #stopped = new AbortController()
  #client: TelegramClient
  #session: string
  #leaving = false
  #life: Promise<void> | undefined
  replacements = 0

  constructor(index: number, session: string, ledger: CallLedger, dice: Dice) {
    this.#index = index
    this.#kind = KINDS[index % KINDS.length]!
    this.#session = session
    this.#ledger = ledger
    this.#dice = dice
    this.#client = this.#make()
  }

  /** Connects, and begins to call. */
  async start(): Promise<void> {
    await this.#client.connect()
    this.#life = this.#live()
  }

  /** No further calls are made; resolves when those under way have ended. */
  async finish(): Promise<void> {
    this.#stopped.abort()
    await this.#life
    await Promise.all(this.#open)
  }

  async disconnect(): Promise<void> {
    this.#leaving = true
    await this.#client.disconnect()
  }

  async #live(): Promise<void> {
    const { signal } = this.#stopped
    while (!signal.aborted) {
      await sleep(this.#dice.wait(MEAN_PAUSE_MS), undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      for (let i = this.#dice.between(1, 3); i > 0 && this.#open.size < MOST_OPEN; i--) this.#call()
      if (this.#dice.chance(REPLACED)) await this.#replace()
    }
  }

  #call(): void {
    const dice = this.#dice
    const idempotent = dice.chance(0.4)
    const call = this.#ledger.begin(this.#index, idempotent)
    const delayMs = dice.chance(0.2) ? dice.between(1, LONGEST_DELAY_MS) : 0
    const length = dice.chance(0.05) ? dice.between(1_000, 20_000) : dice.between(0, 200)
    const errand = { call, delayMs, length }
    const ended: Promise<void> = this.#invoke(idempotent, errand)
      .then(
        (answer) => {
          if (answer === answerTo(errand)) this.#end(call, 'answered')
          else this.#end(call, 'failed', `it got the answer ${answer.slice(0, 60)}`)
        },
        (error: unknown) => this.#end(call, this.#endingOf(error), String(error)),
      )
      .finally(() => this.#open.delete(ended))
    this.#open.add(ended)
  }

  #end(call: number, ending: Ending, why?: string): void {
    this.#ledger.end(this.#index, call, ending, why)
  }

  async #invoke(idempotent: boolean, errand: Errand): Promise<string> {
    const text = writeErrand(errand)
    if (idempotent) return (await this.#client.invoke(new Api.payments.GetBankCardData({ number: text }))).title
    const params = new Api.DataJSON({ data: text })
    return (await this.#client.invoke(new Api.bots.SendCustomRequest({ customMethod: 'errand', params }))).data
  }

  #endingOf(error: unknown): Ending {
    if (!(error instanceof LocalError)) return 'failed'
    if (error.failure === 'unknown-outcome') return 'unknown-outcome'
    return error.failure === 'disconnected' && this.#leaving ? 'given-up' : 'failed'
  }

  async #replace(): Promise<void> {
    this.#leaving = true
    await this.#client.disconnect()
    await Promise.all(this.#open)
    this.#leaving = false
    this.replacements++
    this.#client = this.#make()
    await this.#client.connect()
  }

  #make(): TelegramClient {
    return new TelegramClient(new StringSession(this.#session), 1, 'soak', {
      connection: this.#kind,
      timeout: TIMEOUT_SECONDS,
      connectionRetries: Number.MAX_SAFE_INTEGER,
      deviceModel: 'soak',
      systemVersion: '1',
    })
  }
}
