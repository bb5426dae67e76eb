import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { FileStatements } from '../module-statements.js'

/** Beside this file as built. As written it is TypeScript, which a thread does not run. */
const PROGRAM = fileURLToPath(new URL('./print-worker.js', import.meta.url))

type Texts = ReadonlyMap<string, string>

/**
 * A thread that has ts-morph print files. It loads ts-morph from the moment that it starts, while its owner still
 * compiles the schema, and prints some files while others are made.
 */
export class PrintThread {
  readonly #worker: Worker
  /** Who waits, in the order of the questions, which is that of the answers. */
  readonly #waiting: ((texts: Texts | undefined) => void)[] = []
  #isGone = false

  private constructor(program: string) {
    this.#worker = new Worker(program, { name: 'ts-morph' })
    this.#worker.on('message', (texts: Texts) => this.#waiting.shift()?.(texts))
    this.#worker.on('error', () => undefined) // it ends then, which is told below
    this.#worker.once('exit', () => {
      this.#isGone = true
      for (const answer of this.#waiting.splice(0)) answer(undefined)
    })
  }

  /** Undefined where threads are forbidden, and where there is no second processor. */
  static start(program: string = PROGRAM, processors: number = availableParallelism()): PrintThread | undefined {
    if (processors < 2 || !existsSync(program)) return undefined
    try {
      return new PrintThread(program)
    } catch {
      return undefined
    }
  }

  /** @returns what ts-morph makes of the files, by path; undefined when the thread ended before it had done so */
  async print(files: readonly FileStatements[]): Promise<Texts | undefined> {
    if (this.#isGone) return undefined
    this.#worker.postMessage(files)
    return new Promise((answer) => this.#waiting.push(answer))
  }

  /** Ends the thread, whatever it does. Questions that wait are dropped: they have no answer any more. */
  async close(): Promise<void> {
    this.#waiting.length = 0
    await this.#worker.terminate()
  }
}
