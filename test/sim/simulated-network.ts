import { MemoryNetwork } from '../../src/net/memory-network.js'
import type { PipeFaults } from '../../src/net/memory-faults.js'
import type { Dial } from '../../src/net/link.js'
import type { MemoryPipe } from '../../src/net/memory-pipe.js'
import type { ManualPlatform } from '../../src/platform/manual.js'
import { detectTransport } from '../../src/transport/detect.js'
import type { Dice } from './dice.js'
import type { FaultPlan } from './fault-plan.js'
import { faultyLink, type FaultyHost, type Weather } from './faulty-link.js'
import type { Ledger } from './ledger.js'
import { ADDRESSES, type SimulatedServer } from './simulated-server.js'

const SLOW_BYTES_PER_SECOND = 100
/** A cut comes within so many bytes: often inside a key exchange, seldom long after it. */
const CUT_WITHIN_BYTES = 20_000
/**
 * A connection that has lost a write ends within this time at the latest. TCP would not lose it at all: what the server
 * wrote is kept for ten minutes, comes again over the next connection, and over this one never.
 */
const OUT_OF_STEP_MS = 5 * 60_000

/** The network between the client and the server: all its faults come from the plan, and only while the weather is stormy. */
export class SimulatedNetwork {
  readonly #network: MemoryNetwork
  readonly #platform: ManualPlatform
  readonly #plan: FaultPlan
  readonly #weather: Weather
  readonly #dice: Dice
  readonly #ledger: Ledger
  readonly #slow = new Set<MemoryPipe>()
  /** Pipes that have not kept what TCP promises, in a way that shows when the server forgets its sessions. */
  readonly #outOfStep = new Set<MemoryPipe>()
  /** How many connections were dialled to each data centre, by its port. */
  readonly #dials = new Map<number, number>()

  constructor(platform: ManualPlatform, server: SimulatedServer, plan: FaultPlan, ledger: Ledger, weather: Weather, dice: Dice) {
    this.#platform = platform
    this.#plan = plan
    this.#ledger = ledger
    this.#weather = weather
    this.#dice = dice
    this.#network = new MemoryNetwork(platform)
    let slow = false
    this.#network.faults = () => {
      const faults = this.#drawFaults()
      slow = faults.up?.bytesPerSecond !== undefined
      return faults
    }
    for (const [dcId, address] of Object.entries(ADDRESSES)) {
      this.#network.listen(address, (link) => {
        const pipe = [...this.#network.pipes].at(-1)
        if (slow && pipe) this.#slow.add(pipe)
        return server.accept(faultyLink(link, plan.down, weather, dice, ledger, this.#host(pipe, 'down')), Number(dcId))
      })
    }
  }

  get openPipes(): number {
    return this.#network.pipes.size
  }

  /** What the client dials with. Its packets are looked at before anything happens to them. */
  readonly dial: Dial = async (address, handlers, signal) => {
    this.#ledger.counts.connections++
    this.#dials.set(address.port, (this.#dials.get(address.port) ?? 0) + 1)
    const tap = detectTransport(this.#platform.random)
    const link = await this.#network.dial(address, handlers, signal)
    this.#ledger.note(`link ${this.#ledger.counts.connections} to port ${address.port} is open`)
    const pipe = [...this.#network.pipes].at(-1)
    const faulty = faultyLink(link, this.#plan.up, this.#weather, this.#dice, this.#ledger, this.#host(pipe, 'up'))
    return {
      close: () => faulty.close(),
      send: (bytes) => {
        tap.receive(bytes)
        for (let frame = tap.next(); frame !== undefined; frame = tap.next()) if (frame.kind === 'payload') this.#ledger.packet(frame.payload)
        return faulty.send(bytes)
      },
    }
  }

  /** From now on the dials are counted; the answer tells how many went to each data centre, by its port. */
  countDials(): () => ReadonlyMap<number, number> {
    this.#dials.clear()
    return () => this.#dials
  }

  /** The faults are over. Lines that were slow are cut, since they would stay slow for ever; dead ones the client has to find. */
  clear(): void {
    for (const pipe of this.#slow) this.#reset(pipe)
    this.#slow.clear()
  }

  resetAll(): void {
    this.#network.resetAll()
  }

  /**
   * The server forgets its sessions, and only connections that have kept what TCP promises outlive that. On such a one a
   * call that is not acknowledged has not arrived, so that new_session_created makes the client send it again (S6); where
   * the acknowledgement was lost on a connection that goes on, nobody could tell that call from one that was carried out,
   * and where a copy of a call is still on its way, nobody could keep the server from carrying it out again.
   */
  resetOutOfStep(): void {
    for (const pipe of this.#outOfStep) this.#reset(pipe)
    this.#outOfStep.clear()
  }

  /** Every open connection goes dark, and nobody is told. */
  goDark(): void {
    this.#ledger.note('every connection goes dark')
    for (const pipe of this.#network.pipes) pipe.blackHole()
    this.#ledger.counts.blackHoles += this.#network.pipes.size
  }

  #host(pipe: MemoryPipe | undefined, direction: 'up' | 'down'): FaultyHost {
    const { cut, blackHole } = this.#plan
    const dice = this.#dice
    const stop = !this.#weather.stormy ? undefined : dice.chance(cut) ? 'reset' : dice.chance(blackHole) ? 'dark' : undefined
    return {
      direction,
      stop: stop && { how: stop, afterBytes: dice.between(0, CUT_WITHIN_BYTES), delayMs: dice.between(0, 500) },
      reset: () => this.#reset(pipe),
      goDark: () => pipe?.blackHole(),
      outOfStep: () => {
        if (pipe !== undefined && direction === 'down') this.#lostAWrite(pipe)
      },
      // On a slow line the copy may come seconds later, when the server has forgotten the first.
      duplicated: () => {
        if (pipe !== undefined && direction === 'up' && this.#slow.has(pipe)) this.#outOfStep.add(pipe)
      },
      later: (delayMs, action) => void this.#platform.timers.set(delayMs, action),
    }
  }

  #lostAWrite(pipe: MemoryPipe): void {
    if (this.#outOfStep.has(pipe)) return
    this.#outOfStep.add(pipe)
    this.#platform.timers.set(OUT_OF_STEP_MS, () => pipe.reset())
  }

  /** A reset is noticed a moment later, never in the middle of a write. */
  #reset(pipe: MemoryPipe | undefined): void {
    this.#platform.timers.set(0, () => pipe?.reset())
  }

  #drawFaults(): PipeFaults {
    const { latencyMs, jitterMs, pieces, slow, refuse, hang } = this.#plan
    const dice = this.#dice
    const basis = { latencyMs, jitterMs, ...(pieces === 'whole' ? {} : { pieces }) }
    if (!this.#weather.stormy) return { up: basis, down: basis }
    if (dice.chance(refuse)) return { connect: 'refuse' }
    if (dice.chance(hang)) return { connect: 'hang' }
    const isSlow = dice.chance(slow)
    const lane = { ...basis, ...(isSlow ? { bytesPerSecond: SLOW_BYTES_PER_SECOND } : {}) }
    return { up: lane, down: lane }
  }
}
