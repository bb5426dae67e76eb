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
import { ManualPlatform } from '../../src/platform/manual.js'
import { StringSession } from '../../src/session/string-session.js'
import type { Violation } from '../../src/server/strict.js'
import { SILENCE_MS } from '../../src/updates/limits.js'
import { BUGS } from './bugs.js'
import { ClientPlatform } from './client-platform.js'
import { Dice } from './dice.js'
import { drawPlan, type FaultPlan, type Framing } from './fault-plan.js'
import { BrokenOracle, Ledger, type Counts, type Outcome, type SimulatedCall } from './ledger.js'
import { observeEngines } from './observe-engines.js'
import { SimulatedNetwork } from './simulated-network.js'
import { ADDRESSES, HOME_DC, nonceIn, SimulatedServer, writeErrand } from './simulated-server.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** After the last fault, everything is to be well again within this time: half-open links found, waits over, keys agreed on. */
const RECOVERY_MS = 5 * MINUTE_MS
const QUIET_MS = MINUTE_MS
/** Once all is well, a call takes no longer than this. */
const PROBE_MS = 10_000
/** A server that says -429 is met with no more connections than this in the minute that follows. */
const FLOODED_DIALS_PER_MINUTE = 8

const FRAMINGS: Readonly<Record<Framing, typeof Connection>> = {
  abridged: ConnectionTCPAbridged,
  intermediate: ConnectionTCPIntermediate,
  padded: ConnectionTCPPaddedIntermediate,
  full: ConnectionTCPFull,
  obfuscated: ConnectionTCPObfuscated,
}

export interface SimulationOptions {
  readonly seed: number
  readonly hours: number
  /** Left out: drawn from the seed. */
  readonly plan?: FaultPlan
  /** A mistake that is planted in the client for this run: a name of `BUGS`. */
  readonly bug?: string | undefined
  /** Ends the run, and takes the mistake out, when nobody waits for it any more. */
  readonly signal?: AbortSignal
}

export interface Report {
  readonly seed: number
  readonly plan: FaultPlan
  readonly counts: Counts
  readonly virtualMs: number
  readonly broken: BrokenOracle | undefined
  readonly story: readonly string[]
}

/** One run: client, server and network in one process on virtual time. The same options make the same run. */
export async function simulate({ seed, hours, plan = drawPlan(seed), bug, signal }: SimulationOptions): Promise<Report> {
  const simulation = new Simulation(seed, plan, signal)
  let broken: BrokenOracle | undefined
  const takeOut = bug === undefined ? undefined : plantBug(bug)
  try {
    await simulation.run(hours * HOUR_MS)
  } catch (error) {
    if (!(error instanceof BrokenOracle)) throw error
    broken = error
  } finally {
    takeOut?.()
  }
  return { seed, plan, counts: simulation.ledger.counts, virtualMs: simulation.nowMs, broken, story: simulation.ledger.story }
}

function plantBug(name: string): () => void {
  const bug = BUGS[name]
  if (bug === undefined) throw new Error(`no such bug: ${name}; there are: ${Object.keys(BUGS).join('; ')}`)
  return bug()
}

class Simulation {
  readonly ledger: Ledger
  readonly #plan: FaultPlan
  readonly #platform: ManualPlatform
  readonly #clientPlatform: ClientPlatform
  readonly #server: SimulatedServer
  readonly #network: SimulatedNetwork
  readonly #client: TelegramClient
  readonly #dice: Dice
  readonly #weather = { stormy: false }
  readonly #written: string[] = []
  readonly #received: string[] = []
  #nonce = 0
  readonly #signal: AbortSignal | undefined
  #permanentKeys = 0

  constructor(seed: number, plan: FaultPlan, signal: AbortSignal | undefined) {
    this.#signal = signal
    const dice = (this.#dice = new Dice(seed))
    this.#plan = plan
    this.#platform = new ManualPlatform({ seed: seed + 1 })
    this.#clientPlatform = new ClientPlatform(this.#platform, seed + 2, plan.skewMs)
    this.ledger = new Ledger((violation) => isNetworksDoing(violation, plan), () => this.nowMs)
    this.#server = new SimulatedServer(this.#platform, plan, this.ledger, this.#weather, dice)
    this.#network = new SimulatedNetwork(this.#platform, this.#server, plan, this.ledger, this.#weather, dice)
    observeEngines({
      sent: (request) => this.ledger.sent(nonceIn(request)),
      timesPushed: (body) => this.#server.timesPushed(body),
      fail: (oracle, what) => this.ledger.fail(oracle, what),
      event: (_engine, event) => {
        if (event.type === 'lost') this.ledger.note(`engine: lost, ${event.error.message}`)
        else this.ledger.note(`engine: ${event.type}${'call' in event ? ` ${event.call}` : ''}`)
        // Somebody on the path may claim that a temporary key is gone. Believed twice, that costs what was sent under it.
        if (event.type === 'lost' && event.error instanceof TransportError && event.error.transportCode === -404) this.ledger.stateLost = true
        if (event.type === 'lost' && event.key === 'rejected') this.ledger.fail('key kept', 'the permanent key was given up, and the server has it')
        if (event.type !== 'auth-key') return
        this.ledger.counts.keys++
        if (event.temporary) return
        const id = authKeyId(event.authKey)
        this.#server.adopt(new DataView(id.buffer, id.byteOffset).getBigUint64(0, true))
        this.#permanentKeys++
      },
    })
    this.#client = new TelegramClient(this.#session(), 1, 'simulated', {
      platform: this.#clientPlatform,
      dial: this.#network.dial,
      connection: FRAMINGS[plan.framing],
      pfs: plan.temporaryKeys,
      timeout: 4 * 3600,
      connectionRetries: Number.MAX_SAFE_INTEGER,
      deviceModel: 'simulated',
      systemVersion: '1',
    })
    this.#client.addEventHandler((update) => {
      if (update instanceof Api.UpdateNewMessage && update.message.className === 'Message') this.#received.push(update.message.message)
    })
  }

  get nowMs(): number {
    return this.#platform.clock.now().monotonicMs
  }

  async run(lengthMs: number): Promise<void> {
    this.#weather.stormy = true
    let connected = false
    const lost = (what: string) => (error: Error) => this.ledger.fail('no call lost', `${what}: ${error.message}`)
    this.#client.connect().then(() => (connected = true), lost('connect()'))
    await this.#advance(this.#dice.between(0, 2) * MINUTE_MS)
    this.#weather.stormy = false
    this.#network.clear()
    await this.#advance(RECOVERY_MS)
    if (!connected) throw new BrokenOracle('recovery', 'connect() has not settled')
    let caughtUp = false
    this.#client.catchUp().then(() => (caughtUp = true), lost('catchUp()'))
    await this.#advance(PROBE_MS)
    if (!caughtUp) throw new BrokenOracle('recovery', 'catchUp() has not settled')
    const keys = this.#permanentKeys
    while (this.nowMs < lengthMs) {
      await this.#storm()
      await this.#calm()
      if (this.#permanentKeys > keys + 1) throw new BrokenOracle('key kept', 'a second permanent key was made for one data centre')
    }
    await this.#end()
  }

  #session(): StringSession {
    if (this.#plan.knownKey) return new StringSession(this.#server.login())
    const session = new StringSession('')
    const { host, port } = ADDRESSES[HOME_DC]!
    session.setDC(HOME_DC, host, port)
    return session
  }

  /** Lets virtual time pass, one timer at a time; the oracles are asked after each. */
  async #advance(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms
    await settle()
    for (;;) {
      const nextMs = this.#platform.nextTimerInMs() ?? Infinity
      const leftMs = untilMs - this.nowMs
      if (nextMs > leftMs) return this.#platform.advance(leftMs)
      this.#platform.advance(Math.max(0, nextMs))
      await settle()
      this.#signal?.throwIfAborted()
      this.#checkUpdates()
      this.ledger.check()
    }
  }

  /** Calls, updates and disasters at random times, on a network with every fault of the plan. */
  async #storm(): Promise<void> {
    this.#weather.stormy = true
    this.ledger.note('a storm begins')
    const endMs = this.nowMs + this.#dice.between(5, 25) * MINUTE_MS
    const { restartEvery, forgetSessionsEvery, replaceSaltsEvery, loseTemporaryKeysEvery, clockStepEvery, floodEvery, blackHole } = this.#plan
    const dice = this.#dice
    this.#often(20_000, endMs, () => this.#burst())
    this.#often(40_000, endMs, () => this.#write())
    this.#often(restartEvery * MINUTE_MS, endMs, () => this.#server.restart())
    this.#often(forgetSessionsEvery * MINUTE_MS, endMs, () => {
      this.#network.resetOutOfStep()
      this.#server.forgetSessions()
    })
    this.#often(replaceSaltsEvery * MINUTE_MS, endMs, () => this.#server.replaceSalts())
    this.#often(loseTemporaryKeysEvery * MINUTE_MS, endMs, () => this.#server.loseTemporaryKeys())
    this.#often(floodEvery * MINUTE_MS, endMs, () => this.#flood())
    if (blackHole > 0) this.#often(10 * MINUTE_MS, endMs, () => this.#network.goDark())
    this.#often(clockStepEvery * MINUTE_MS, endMs, () => {
      this.ledger.counts.clockSteps++
      this.#clientPlatform.stepWallClock(dice.pick([-86_400_000, -3_600_000, -5_000, 5_000, 3_600_000, 86_400_000]))
    })
    await this.#advance(endMs - this.nowMs)
  }

  /** The faults are over: what was called before is settled in time, nothing is missing, and a call takes no time. */
  async #calm(): Promise<void> {
    this.#weather.stormy = false
    this.ledger.note('the storm is over')
    this.#network.clear()
    const startMs = this.nowMs
    await this.#advance(RECOVERY_MS)
    this.ledger.allSettledBefore(startMs, this.nowMs)
    const unacknowledged = this.#server.unacknowledged()
    this.#write()
    const probe = this.#call(false, 0, 0)
    await this.#advance(PROBE_MS)
    if (probe.outcome !== 'answered') this.ledger.fail('recovery', `a call on a network without faults was not answered within ${PROBE_MS / 1000} s`)
    // What was lost on a link that stayed open, as TCP never loses it, comes again on the next link.
    this.#network.resetAll()
    await this.#advance(QUIET_MS)
    if (this.#server.owesDifference) this.ledger.fail('difference asked', 'the server has forgotten its sessions, and nobody asked what was missed')
    if (this.#written.length > this.#received.length) await this.#advance(SILENCE_MS + QUIET_MS)
    const missing = this.#written.length - this.#received.length
    if (missing > 0) this.ledger.fail('updates complete', `${missing} updates were never handed out`)
    const more = this.#server.unacknowledged() - unacknowledged
    if (more > 0) this.ledger.fail('acknowledged', `the server still waits for ${more} acknowledgements`)
    this.ledger.close()
  }

  /** Disconnecting ends every call, and leaves neither timer nor connection. */
  async #end(): Promise<void> {
    const last = [this.#call(false, 0, 0), this.#call(true, 1000, 20_000)]
    await this.#advance(100)
    await this.#client.disconnect()
    await settle()
    if (this.#clientPlatform.pendingTimers > 0) this.ledger.fail('nothing left', `${this.#clientPlatform.pendingTimers} timers are left after disconnect()`)
    for (const { nonce, outcome } of last) if (outcome === undefined) this.ledger.fail('nothing left', `${nonce} is open after disconnect()`)
    await this.#advance(MINUTE_MS)
    if (this.#network.openPipes > 0) this.ledger.fail('nothing left', 'a connection is open after disconnect()')
    this.ledger.check()
  }

  #often(meanMs: number, endMs: number, action: () => void): void {
    if (meanMs === 0) return
    const delayMs = this.#dice.wait(meanMs)
    if (this.nowMs + delayMs >= endMs) return
    this.#platform.timers.set(delayMs, () => {
      action()
      this.#often(meanMs, endMs, action)
    })
  }

  #burst(): void {
    const dice = this.#dice
    const size = dice.chance(0.02) ? 150 : dice.between(1, 4)
    for (let i = 0; i < size; i++) {
      const answerLength = dice.chance(0.03) ? dice.between(20_000, 60_000) : dice.between(0, 600)
      const delayMs = dice.chance(0.2) ? dice.between(1, 40_000) : 0
      const call = this.#call(dice.chance(0.5), answerLength, delayMs, dice.chance(0.05) ? dice.between(0, 20_000) : undefined)
      if (call.outcome !== undefined) return
    }
  }

  #call(idempotent: boolean, answerLength: number, delayMs: number, abortAfterMs?: number): SimulatedCall {
    const nonce = `call-${this.#nonce++}`
    const call = this.ledger.begin(nonce, idempotent, this.nowMs)
    const abort = new AbortController()
    if (abortAfterMs !== undefined) this.#platform.timers.set(abortAfterMs, () => abort.abort())
    void this.#invoke(idempotent, writeErrand({ nonce, answerLength, delayMs }), abort.signal).then(
      (answer) => {
        if (!call.answers.includes(answer)) this.ledger.fail('answers match', `${nonce} got an answer that the server has not given to it`)
        this.ledger.settled(call, 'answered', this.nowMs)
      },
      (error: Error) => this.ledger.settled(call, outcomeOf(error), this.nowMs, error),
    )
    return call
  }

  async #invoke(idempotent: boolean, errand: string, signal: AbortSignal): Promise<string> {
    if (idempotent) return (await this.#client.invoke(new Api.payments.GetBankCardData({ number: errand }), { signal })).title
    const params = new Api.DataJSON({ data: errand })
    return (await this.#client.invoke(new Api.bots.SendCustomRequest({ customMethod: 'errand', params }), { signal })).data
  }

  #write(): void {
    for (let i = this.#dice.between(1, 3); i > 0; i--) {
      const text = `update-${this.#written.length}`
      this.#written.push(text)
      this.ledger.counts.updates++
      this.#server.write(text)
    }
  }

  #checkUpdates(): void {
    const at = this.#received.length - 1
    if (at >= 0 && this.#received[at] !== this.#written[at]) {
      this.ledger.fail('updates in order', `update number ${at} is ${this.#received[at]}`)
    }
  }

  #flood(): void {
    this.ledger.counts.floods++
    this.#server.flooded = true
    const dials = this.#network.countDials()
    this.#platform.timers.set(MINUTE_MS, () => {
      this.#server.flooded = false
      for (const [port, count] of dials()) {
        if (count <= FLOODED_DIALS_PER_MINUTE) continue
        this.ledger.fail('backoff', `port ${port} was dialled ${count} times within a minute of -429`)
      }
    })
  }
}

function outcomeOf(error: Error): Outcome {
  if (isRpcError(error)) return 'refused'
  if (!(error instanceof LocalError)) return 'failed'
  if (error.failure === 'aborted' || error.failure === 'disconnected') return 'aborted'
  return error.failure === 'unknown-outcome' ? 'unknown-outcome' : 'failed'
}

/** What the server holds against the client although the network did it. */
function isNetworksDoing({ code }: Violation, { up, skewMs, knownKey, slow, replay }: FaultPlan): boolean {
  const damaged = up.drop + up.swap + up.truncate + up.flip + up.duplicate > 0
  if (code === 'unauthenticated' || code === 'handshake') return damaged
  if (code === 'constant-padding' || code === 19) return up.duplicate > 0
  // A message that is overtaken by its own repetition comes last, and bare.
  if (code === 'duplicate-id') return up.duplicate + up.swap + slow > 0
  // A packet that is overtaken by the one that begins a session, or comes again from the time before it, is too old.
  if (code === 20 && up.duplicate + up.swap + replay > 0) return true
  // A client that is told the time by nobody else learns it from the refusal of its first packet.
  if (code === 16 || code === 17 || code === 20) return (skewMs !== 0 && knownKey) || (code !== 17 && slow > 0)
  return false
}

/** Lets every promise that can settle do so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
