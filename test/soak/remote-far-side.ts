import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FarSide, FarSideCounts, FarSideOptions } from './far-side.js'

export type FarSideOrder = 'storm' | 'calm' | 'restart' | 'counts' | 'close'
export type FarSideAnswer =
  | { readonly done: 'open'; readonly sessions: readonly string[] }
  | { readonly done: 'storm' | 'calm' | 'restart' | 'close' }
  | { readonly done: 'counts'; readonly counts: Omit<FarSideCounts, 'executions'>; readonly executions: string }

/** The far side in a process of its own, so that what is measured here is the clients alone. */
export class RemoteFarSide implements FarSide {
  readonly sessions: readonly string[]
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, sessions: readonly string[]) {
    this.#child = child
    this.sessions = sessions
  }

  static async open(options: FarSideOptions): Promise<RemoteFarSide> {
    const program = fileURLToPath(new URL('far-side-process.ts', import.meta.url))
    const child = fork(program, [JSON.stringify(options)], { execArgv: ['--import', 'tsx'] })
    const [first] = (await Promise.race([once(child, 'message'), failed(child)])) as [FarSideAnswer]
    if (first.done !== 'open') throw new Error(`the server's process begins with ${first.done}`)
    return new RemoteFarSide(child, first.sessions)
  }

  async storm(stormy: boolean): Promise<void> {
    await this.#order(stormy ? 'storm' : 'calm')
  }

  async restart(): Promise<void> {
    await this.#order('restart')
  }

  async counts(): Promise<FarSideCounts> {
    const answer = await this.#order('counts')
    if (answer.done !== 'counts') throw new Error(`the server's process answers ${answer.done}`)
    return { ...answer.counts, executions: new Uint8Array(Buffer.from(answer.executions, 'base64')) }
  }

  async close(): Promise<void> {
    const exit = once(this.#child, 'exit')
    await this.#order('close')
    await exit
  }

  /** Orders are given one at a time, so that the next message is the answer. */
  async #order(order: FarSideOrder): Promise<FarSideAnswer> {
    const answer = once(this.#child, 'message')
    this.#child.send(order)
    const [message] = (await answer) as [FarSideAnswer]
    return message
  }
}

async function failed(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null]
  throw new Error(`the server's process ended with ${code}`)
}
