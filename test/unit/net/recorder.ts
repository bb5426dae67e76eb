import { concat } from '../../../src/bytes/bytes.js'
import type { TransportError } from '../../../src/errors/errors.js'
import type { Accept, Link, LinkHandlers } from '../../../src/net/link.js'

/** Handlers that write down what happens, and can be waited for. */
export class Recorder implements LinkHandlers {
  readonly pieces: Uint8Array[] = []
  readonly closes: (TransportError | undefined)[] = []
  drains = 0
  #waiting: (() => void)[] = []

  data(chunk: Uint8Array): void {
    this.pieces.push(chunk)
    this.#wake()
  }
  close(error?: TransportError): void {
    this.closes.push(error)
    this.#wake()
  }
  drain(): void {
    this.drains++
    this.#wake()
  }

  get bytes(): Uint8Array {
    return concat(...this.pieces)
  }
  get length(): number {
    return this.pieces.reduce((sum, { length }) => sum + length, 0)
  }

  /** Waits until `condition` holds; it is looked at whenever something happens. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}

/** Accepts connections and keeps their links; each echoes what it gets. */
export class EchoServer {
  readonly links: Link[] = []
  readonly recorders: Recorder[] = []
  readonly accept: Accept = (link) => {
    const recorder = new Recorder()
    this.links.push(link)
    this.recorders.push(recorder)
    return {
      data: (chunk) => {
        link.send(chunk)
        recorder.data(chunk)
      },
      close: (error) => recorder.close(error),
      drain: () => recorder.drain(),
    }
  }
}

/** A signal that never fires. */
export const never: AbortSignal = new AbortController().signal
