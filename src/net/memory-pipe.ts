import { TransportError } from '../errors/errors.js'
import type { Platform } from '../platform/platform.js'
import type { Accept, Link, LinkHandlers } from './link.js'
import type { PipeFaults } from './memory-faults.js'
import { MemoryLane } from './memory-lane.js'

/** One end of a memory pipe: a link, and who gets its bytes. */
class PipeEnd implements Link {
  handlers: LinkHandlers | undefined
  out!: MemoryLane
  in!: MemoryLane
  readonly #closed: () => void
  #open = true

  constructor(closed: () => void) {
    this.#closed = closed
  }

  get open(): boolean {
    return this.#open
  }

  get unsentBytes(): number {
    return this.out.unsentBytes
  }

  send(bytes: Uint8Array): boolean {
    return this.#open ? this.out.send(bytes) : true
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    this.in.discard()
    this.out.end()
    this.#closed()
  }

  /** The other end, or the path, has ended the connection. */
  ended(error?: TransportError): void {
    if (!this.#open) return
    this.#open = false
    this.in.discard()
    this.out.discard()
    this.#closed()
    this.handlers?.close(error)
  }
}

/**
 * A connection inside the process: what one end sends arrives at the other, later and in pieces, as `faults` says.
 * The platform's clock, timers and dice decide everything, so that with a hand-cranked platform every run with the
 * same calls is the same run.
 */
export class MemoryPipe {
  readonly #a: PipeEnd
  readonly #b: PipeEnd

  /** @param over is called once, when both ends have closed or have been told that the connection is over. */
  constructor(platform: Platform, faults: PipeFaults = {}, over?: () => void) {
    const closed = (): void => {
      if (!this.#a.open && !this.#b.open) over?.()
    }
    this.#a = new PipeEnd(closed)
    this.#b = new PipeEnd(closed)
    const lane = (direction: PipeFaults['up'], to: PipeEnd, from: PipeEnd): MemoryLane =>
      new MemoryLane(platform, direction ?? {}, {
        piece: (bytes) => to.handlers?.data(bytes),
        end: () => to.ended(),
        reset: () => this.reset(),
        drained: () => {
          if (from.open) from.handlers?.drain?.()
        },
      })
    this.#a.out = this.#b.in = lane(faults.up, this.#b, this.#a)
    this.#b.out = this.#a.in = lane(faults.down, this.#a, this.#b)
  }

  /** The end that dialled. Its handlers are set before anything can arrive, since arrival takes a timer. */
  dialled(handlers: LinkHandlers): Link {
    this.#a.handlers = handlers
    return this.#a
  }

  /** The end that accepted. */
  accepted(handlersOf: Accept): Link {
    this.#b.handlers = handlersOf(this.#b)
    return this.#b
  }

  /** Whether neither end has been told that the connection is over. */
  get open(): boolean {
    return this.#a.open && this.#b.open
  }

  /** Breaks the connection at both ends, now: what is on the way is lost. */
  reset(): void {
    this.#a.ended(new TransportError('closed', 'the connection was reset'))
    this.#b.ended(new TransportError('closed', 'the connection was reset'))
  }

  /** From now on nothing arrives at either end, and nobody is told: both ends are half open. */
  blackHole(): void {
    this.#a.in.discard()
    this.#b.in.discard()
  }
}
