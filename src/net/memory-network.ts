import type { Platform } from '../platform/platform.js'
import { abortedError, connectError, describeAddress } from './failures.js'
import type { Accept, Address, Dial, Link } from './link.js'
import type { PipeFaults } from './memory-faults.js'
import { MemoryPipe } from './memory-pipe.js'

/** A network inside the process: listeners by address, and a `dial` that reaches them. */
export class MemoryNetwork {
  /** The connections that were made and that one end at least holds open, oldest first; each can be reset or made a black hole. */
  readonly pipes: Set<MemoryPipe> = new Set<MemoryPipe>()
  /** The faults of the connections made from now on; `connection` counts dials from 0. */
  faults: PipeFaults | ((connection: number, address: Address) => PipeFaults) = {}
  readonly #platform: Platform
  readonly #listeners = new Map<string, Accept>()
  #dials = 0

  constructor(platform: Platform) {
    this.#platform = platform
  }

  /** How many dials there were. */
  get dials(): number {
    return this.#dials
  }

  /** Answers dials to `address` until the returned function is called. */
  listen(address: Address, accept: Accept): () => void {
    const key = describeAddress(address)
    this.#listeners.set(key, accept)
    return () => {
      if (this.#listeners.get(key) === accept) this.#listeners.delete(key)
    }
  }

  /** Breaks every open connection, as a server does that stops. */
  resetAll(): void {
    for (const pipe of [...this.pipes]) pipe.reset()
  }

  readonly dial: Dial = (address, handlers, signal) =>
    new Promise<Link>((resolve, reject) => {
      if (signal.aborted) {
        reject(abortedError(address))
        return
      }
      const number = this.#dials++
      const faults = typeof this.faults === 'function' ? this.faults(number, address) : this.faults
      const giveUp = (): void => {
        cancel()
        reject(abortedError(address))
      }
      const cancel = this.#platform.timers.set(faults.connectMs ?? faults.up?.latencyMs ?? 0, () => {
        if (faults.connect === 'hang') return
        signal.removeEventListener('abort', giveUp)
        const accept = this.#listeners.get(describeAddress(address))
        if (faults.connect === 'refuse' || accept === undefined) {
          reject(connectError(address, 'refused'))
          return
        }
        const pipe: MemoryPipe = new MemoryPipe(this.#platform, faults, () => this.pipes.delete(pipe))
        this.pipes.add(pipe)
        const link = pipe.dialled(handlers)
        pipe.accepted(accept)
        resolve(link)
      })
      signal.addEventListener('abort', giveUp, { once: true })
    })
}
