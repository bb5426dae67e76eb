import { availableParallelism } from 'node:os'
import type { CipherKeys } from '../auth-key.js'
import { DecryptionThread } from './decryption-thread.node.js'

/** More are of no use to one connection, whose other work stays where it is. */
const MOST_THREADS = 2
/** Less at once is decrypted sooner than it is handed over and back. */
const LEAST_BYTES = 131_072
/** A thread takes as long to start as these bytes take to decrypt: who receives no more needs none. */
const BYTES_BEFORE = 4_194_304

/**
 * Decryption of large data outside of the thread that asks for it, which goes on meanwhile. Threads start when they are
 * wanted, and stay until {@link close}.
 */
export class DecryptionThreads {
  readonly #longest: number
  readonly #most: number
  readonly #threads = new Set<DecryptionThread>()
  readonly #idle: DecryptionThread[] = []
  readonly #waiting: ((thread: DecryptionThread | undefined) => void)[] = []
  #bytes = 0
  #forbidden = false

  /**
   * @param longest no data has more bytes than that
   * @param most how many threads there may be; none where the machine has one processor
   */
  constructor(longest: number, most: number = availableParallelism() > 1 ? MOST_THREADS : 0) {
    this.#longest = longest
    this.#most = most
  }

  /** Counts these bytes, too. @returns whether it is worth while to ask for their decryption. */
  wants(bytes: number): boolean {
    if (this.#forbidden || this.#most === 0 || bytes < LEAST_BYTES || bytes > this.#longest) return false
    this.#bytes += bytes
    return this.#bytes > BYTES_BEFORE
  }

  /**
   * AES-256-IGE in the place of the data, which nobody else may touch meanwhile.
   * @returns whether it was done; if not, as no thread can be had, the data is as it was.
   */
  async decrypt(data: Uint8Array, keys: CipherKeys): Promise<boolean> {
    const thread = this.#idle.pop() ?? this.#start() ?? (await this.#nextIdle())
    if (!thread) return false
    try {
      return await thread.decrypt(data, keys)
    } finally {
      const next = this.#waiting.shift()
      if (!this.#threads.has(thread)) next?.(undefined)
      else if (next) next(thread)
      else this.#idle.push(thread)
    }
  }

  /** Ends the threads; whoever waits for one is told that there is none. */
  async close(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.close()))
  }

  #start(): DecryptionThread | undefined {
    if (this.#forbidden || this.#threads.size >= this.#most) return undefined
    try {
      const thread: DecryptionThread = new DecryptionThread(this.#longest, () => this.#lost(thread))
      this.#threads.add(thread)
      return thread
    } catch {
      this.#forbidden = true
      return undefined
    }
  }

  #nextIdle(): Promise<DecryptionThread | undefined> {
    if (this.#threads.size === 0) return Promise.resolve(undefined)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #lost(thread: DecryptionThread): void {
    this.#threads.delete(thread)
    const index = this.#idle.indexOf(thread)
    if (index >= 0) this.#idle.splice(index, 1)
    if (this.#threads.size === 0) for (const next of this.#waiting.splice(0)) next(undefined)
  }
}
