import { ManualPlatform } from '../../src/platform/manual.js'
import { SILENCE_MS } from '../../src/updates/limits.js'
import { BUGS } from './bugs.js'
import { ClientPlatform } from './client-platform.js'
import { Dice } from './dice.js'
import { drawPlan, type FaultPlan } from './fault-plan.js'
import { BrokenOracle, Ledger, type Counts } from './ledger.js'
import { isNetworksDoing } from './networks-doing.js'
import { SimulatedClient } from './simulated-client.js'
import { SimulatedNetwork } from './simulated-network.js'
import { SimulatedServer } from './simulated-server.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** After the last fault, everything is to be well again within this time: half-open links found, waits over, keys agreed on. */
const RECOVERY_MS = 5 * MINUTE_MS
const QUIET_MS = MINUTE_MS
/** Once all is well, a call takes no longer than this. */
const PROBE_MS = 10_000
/** A server that says -429 is met with no more connections than this in the minute that follows. */
const FLOODED_DIALS_PER_MINUTE = 8

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
  readonly #client: SimulatedClient
  readonly #dice: Dice
  readonly #weather = { stormy: false }
  readonly #written: string[] = []
  readonly #signal: AbortSignal | undefined

  constructor(seed: number, plan: FaultPlan, signal: AbortSignal | undefined) {
    this.#signal = signal
    const dice = (this.#dice = new Dice(seed))
    this.#plan = plan
    this.#platform = new ManualPlatform({ seed: seed + 1 })
    this.#clientPlatform = new ClientPlatform(this.#platform, seed + 2, plan.skewMs)
    this.ledger = new Ledger((violation) => isNetworksDoing(violation, plan), () => this.nowMs)
    this.#server = new SimulatedServer(this.#platform, plan, this.ledger, this.#weather, dice)
    this.#network = new SimulatedNetwork(this.#platform, this.#server, plan, this.ledger, this.#weather, dice)
    this.#client = new SimulatedClient(this.#platform, this.#clientPlatform, this.#server, this.#network, plan, this.ledger)
  }

  get nowMs(): number {
    return this.#platform.clock.now().monotonicMs
  }

  async run(lengthMs: number): Promise<void> {
    this.#weather.stormy = true
    const connected = this.#client.connect()
    await this.#advance(this.#dice.between(0, 2) * MINUTE_MS)
    this.#weather.stormy = false
    this.#network.clear()
    await this.#advance(RECOVERY_MS)
    if (!connected()) throw new BrokenOracle('recovery', 'connect() has not settled')
    const caughtUp = this.#client.catchUp()
    await this.#advance(PROBE_MS)
    if (!caughtUp()) throw new BrokenOracle('recovery', 'catchUp() has not settled')
    const keys = this.#client.permanentKeys
    while (this.nowMs < lengthMs) {
      await this.#storm()
      await this.#calm()
      if (this.#client.permanentKeys > keys + 1) throw new BrokenOracle('key kept', 'a second permanent key was made for one data centre')
    }
    await this.#end()
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
    const probe = this.#client.call(false, 0, 0)
    await this.#advance(PROBE_MS)
    if (probe.outcome !== 'answered') this.ledger.fail('recovery', `a call on a network without faults was not answered within ${PROBE_MS / 1000} s`)
    // What was lost on a link that stayed open, as TCP never loses it, comes again on the next link.
    this.#network.resetAll()
    await this.#advance(QUIET_MS)
    if (this.#server.owesDifference) this.ledger.fail('difference asked', 'the server has forgotten its sessions, and nobody asked what was missed')
    if (this.#written.length > this.#client.received.length) await this.#advance(SILENCE_MS + QUIET_MS)
    const missing = this.#written.length - this.#client.received.length
    if (missing > 0) this.ledger.fail('updates complete', `${missing} updates were never handed out`)
    const more = this.#server.unacknowledged() - unacknowledged
    if (more > 0) this.ledger.fail('acknowledged', `the server still waits for ${more} acknowledgements`)
    this.ledger.close()
  }

  /** Disconnecting ends every call, and leaves neither timer nor connection. */
  async #end(): Promise<void> {
    const last = [this.#client.call(false, 0, 0), this.#client.call(true, 1000, 20_000)]
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
      const call = this.#client.call(dice.chance(0.5), answerLength, delayMs, dice.chance(0.05) ? dice.between(0, 20_000) : undefined)
      if (call.outcome !== undefined) return
    }
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
    const at = this.#client.received.length - 1
    if (at >= 0 && this.#client.received[at] !== this.#written[at]) {
      this.ledger.fail('updates in order', `update number ${at} is ${this.#client.received[at]}`)
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

/** Lets every promise that can settle do so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
