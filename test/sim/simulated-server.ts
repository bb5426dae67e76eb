import * as Api from '../../generated/api/index.js'
import { RpcError } from '../../src/errors/rpc-error.js'
import type { Link, LinkHandlers } from '../../src/net/link.js'
import type { AuthKey } from '../../src/mtproto/encrypted.js'
import type { ManualPlatform } from '../../src/platform/manual.js'
import { ServerCore } from '../../src/server/core/server-core.js'
import { layerOf } from '../../src/server/services/dispatcher.js'
import { encodeObject } from '../../src/server/services/encode-result.js'
import type { WorldUser } from '../../src/server/world/peers.js'
import type { Dice } from './dice.js'
import type { FaultPlan } from './fault-plan.js'
import type { Weather } from './faulty-link.js'
import type { Ledger } from './ledger.js'

export const HOME_DC = 2
export const OTHER_DC = 4
export const ADDRESSES: Readonly<Record<number, { host: string; port: number }>> = {
  [HOME_DC]: { host: '127.0.0.1', port: 4432 },
  [OTHER_DC]: { host: '127.0.0.1', port: 4434 },
}

const REFUSALS = [
  [420, 'FLOOD_WAIT_2'],
  [500, 'INTERNAL'],
  [-503, 'Timeout'],
] as const

/** What a call of the script asks for, as text inside the request. */
export interface Errand {
  readonly nonce: string
  readonly answerLength: number
  readonly delayMs: number
}

export const writeErrand = ({ nonce, answerLength, delayMs }: Errand): string => `${nonce}|${answerLength}|${delayMs}|`

function readErrand(text: string): Errand {
  const [nonce = '', answerLength, delayMs] = text.split('|')
  return { nonce, answerLength: Number(answerLength), delayMs: Number(delayMs) }
}

/** Which call of the script a request of the client's is for, if it is for one. */
export function nonceIn(request: Uint8Array): string | undefined {
  return /call-\d+(?=\|)/.exec(Buffer.from(request).toString('latin1'))?.[0]
}

let running: ServerCore | undefined

/** Every key that the server of the present run has. */
export function keysOfServer(): AuthKey[] {
  return running?.centres.flatMap(({ keys }) => [...keys.values()].map(({ authKey }) => authKey)) ?? []
}

/** The embedded server in strict mode, with a reading and a changing method that count how often each call is carried out. */
export class SimulatedServer {
  readonly core: ServerCore
  readonly user: WorldUser
  readonly #platform: ManualPlatform
  readonly #ledger: Ledger
  readonly #friend: WorldUser
  readonly #plan: FaultPlan
  readonly #weather: Weather
  readonly #dice: Dice
  readonly #pushed = new Map<string, number>()
  flooded = false
  #forgotMs = Number.NEGATIVE_INFINITY
  #differenceMs = Number.NEGATIVE_INFINITY

  constructor(platform: ManualPlatform, plan: FaultPlan, ledger: Ledger, weather: Weather, dice: Dice) {
    this.#platform = platform
    this.#ledger = ledger
    this.#plan = plan
    this.#weather = weather
    this.#dice = dice
    this.core = new ServerCore({
      platform,
      dataCentres: [
        { id: HOME_DC, port: ADDRESSES[HOME_DC]!.port },
        { id: OTHER_DC, port: ADDRESSES[OTHER_DC]!.port },
      ],
      strict: true,
      onViolation: (violation) => ledger.violation(violation),
      salts: { periodMs: plan.saltPeriodMs, overlapMs: plan.saltPeriodMs / 2 },
      onHandlerError: (error) => ledger.fail('server works', (error as Error).stack ?? String(error)),
    })
    running = this.core
    this.user = this.core.world.addUser({ username: 'simulated', homeDc: HOME_DC })
    this.#friend = this.core.world.addUser({ username: 'friend', homeDc: HOME_DC })
    this.core.handle(Api.payments.GetBankCardData, ({ number }, { dc }) => this.#run(number, dc.id, (title) => new Api.payments.BankCardData({ title, openUrls: [] })))
    this.core.handle(Api.bots.SendCustomRequest, ({ params }, { dc }) => this.#run(params.data, dc.id, (data) => new Api.DataJSON({ data })))
    this.core.faults.query = (method) => {
      if (method === 'updates.GetDifference') this.#differenceMs = platform.clock.now().monotonicMs
      return undefined
    }
    for (const centre of this.core.centres) {
      const pushTo = centre.pushTo.bind(centre)
      centre.pushTo = (session, object) => {
        const body = Buffer.from(encodeObject(object, layerOf(session.key))).toString('latin1')
        this.#pushed.set(body, this.timesPushed(body) + 1)
        pushTo(session, object)
      }
    }
    this.core.faults.transportError = () => (this.flooded ? -429 : undefined)
    this.core.faults.sealed = (packet) => {
      if (weather.stormy && dice.chance(plan.replay)) this.#replayLater(packet)
      return undefined
    }
  }

  accept(link: Link, dcId: number): LinkHandlers {
    return this.core.accept(link, dcId)
  }

  /** A session string for the account, whose key is agreed on already. */
  login(): string {
    return this.core.login({ username: 'simulated', dcId: HOME_DC })
  }

  /** A key that was just agreed on gets the account, as a login would give it. */
  adopt(authKeyId: bigint): void {
    const key = this.core.centre(HOME_DC).keys.get(authKeyId, 0)
    if (key !== undefined) key.userId ??= this.user.id
  }

  /** Somebody writes to the account. */
  write(text: string): void {
    this.core.message(this.#friend, this.user, text)
  }

  timesPushed(body: string): number {
    return this.#pushed.get(body) ?? 0
  }

  restart(): void {
    this.#ledger.counts.restarts++
    this.#ledger.note('the server restarts')
    this.#loseState()
    this.core.restart()
  }

  forgetSessions(): void {
    this.#ledger.counts.sessionsForgotten++
    this.#ledger.note('the server forgets its sessions')
    this.#loseState()
    for (const { sessions } of this.core.centres) sessions.clear()
  }

  replaceSalts(): void {
    this.#ledger.counts.saltsReplaced++
    this.#ledger.note('the server replaces its salts')
    this.core.replaceSalts()
  }

  loseTemporaryKeys(): void {
    this.#ledger.counts.keysLost++
    this.#ledger.note('the server loses its temporary keys')
    this.#ledger.stateLost = true
    for (const { keys, sessions } of this.core.centres) {
      for (const key of [...keys.values()]) {
        if (key.expiresAtMs === undefined) continue
        sessions.destroyAllOf(key)
        keys.destroy(key)
      }
    }
  }

  /** Messages that the client has not acknowledged, in sessions that it still uses. */
  unacknowledged(): number {
    let count = 0
    for (const { sessions } of this.core.centres) {
      for (const { links, outbox } of sessions) if (links.size > 0) count += outbox.unacknowledged
    }
    return count
  }

  /** The server forgot its sessions, and has not been asked since what happened meanwhile. */
  get owesDifference(): boolean {
    return this.#forgotMs > this.#differenceMs
  }

  #loseState(): void {
    this.#forgotMs = this.#platform.clock.now().monotonicMs
    this.#ledger.stateLost = true
  }

  #run<Result>(text: string, dcId: number, build: (text: string) => Result): Result | RpcError | Promise<Result> {
    const { nonce, answerLength, delayMs } = readErrand(text)
    const refusal = this.#refusal(dcId)
    if (refusal) {
      this.#ledger.refused(nonce, refusal.rpcMessage)
      return refusal
    }
    this.#ledger.executed(nonce)
    const answer = build(this.#ledger.answer(nonce, `${nonce}|${this.#filler(answerLength)}`))
    if (delayMs === 0) return answer
    return new Promise((resolve) => this.#platform.timers.set(delayMs, () => resolve(answer)))
  }

  /** Text that gzip cannot make much of. */
  #filler(length: number): string {
    return Buffer.from(this.#platform.random.fill(new Uint8Array(Math.ceil((length * 3) / 4)))).toString('base64').slice(0, length)
  }

  #refusal(dcId: number): RpcError | undefined {
    if (!this.#weather.stormy) return undefined
    if (this.#dice.chance(this.#plan.refusals)) {
      const [code, message] = this.#dice.pick(REFUSALS)
      return new RpcError(code, message)
    }
    if (dcId !== HOME_DC || !this.#dice.chance(this.#plan.migrations)) return undefined
    this.#ledger.counts.migrations++
    return new RpcError(303, `FILE_MIGRATE_${OTHER_DC}`)
  }

  #replayLater(packet: Uint8Array): void {
    const copy = packet.slice()
    this.#platform.timers.set(this.#dice.between(0, 120_000), () => {
      for (const centre of this.core.centres) {
        // A connection that has said nothing yet has no framing to replay in.
        const spoken = new Set([...centre.sessions].flatMap(({ links }) => [...links]))
        for (const connection of centre.connections) {
          if (!spoken.has(connection)) continue
          connection.sendPayload(copy)
          this.#ledger.counts.replayed++
          this.#ledger.note('a packet is replayed')
        }
      }
    })
  }
}
