import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../scripts/entries.js'
import { PEERS } from './figure.js'
import type { Contestant, Order, Outcome, ServerFacts, Task } from './programs/messages.js'

export const CONTESTANTS: readonly Contestant[] = ['rawgram', ...PEERS]
/** Longer than the slowest of them takes for anything; a client that hangs must not hang the rest. */
const ORDER_MS = 120_000

/** What one contestant took for `count` calls or parts. */
export type Measured = Exclude<Outcome, { error: string }> & { readonly count: number }

/** The server in one process, and each library's client in another. */
export class Loopback {
  readonly #server: ChildProcess
  readonly #clients = new Map<Contestant, ChildProcess>()

  private constructor(server: ChildProcess, facts: ServerFacts) {
    this.#server = server
    for (const contestant of CONTESTANTS) this.#clients.set(contestant, start('client', contestant, JSON.stringify(facts)))
  }

  static async open(): Promise<Loopback> {
    const server = start('server')
    const [facts] = (await once(server, 'message')) as [ServerFacts]
    return new Loopback(server, facts)
  }

  /**
   * The same task for each in turn, and that several times, so that a machine that slows down slows everybody. Who fails
   * is left out, and standard error says why.
   * @param counts how much of it each does: less for one that takes long, as figures are rates.
   * @param warmUps rounds that go before and do not count: the engine compiles what it has run for a while.
   */
  async race(
    task: Task,
    counts: ReadonlyMap<Contestant, number>,
    rounds: number,
    warmUps = 1,
  ): Promise<Map<Contestant, Measured[]>> {
    const taken = new Map<Contestant, Measured[]>([...counts.keys()].map((contestant) => [contestant, []]))
    for (let round = -warmUps; round < rounds; round++) {
      for (const contestant of [...taken.keys()]) {
        const count = counts.get(contestant)!
        const outcome = await ask(this.#clients.get(contestant)!, { task, count })
        if ('error' in outcome) {
          console.error(`${contestant}, ${task}: ${outcome.error}`)
          taken.delete(contestant)
        } else if (round >= 0) taken.get(contestant)!.push({ ...outcome, count })
      }
    }
    return taken
  }

  close(): void {
    for (const child of [...this.#clients.values(), this.#server]) child.kill()
  }
}

/** Without the paths of tsconfig.json, so that `rawgram` is what was built. */
function start(program: string, ...args: string[]): ChildProcess {
  return fork(join(root, `bench/programs/${program}.ts`), args, {
    cwd: root,
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'scripts/tsconfig.json') },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

async function ask(client: ChildProcess, order: Order): Promise<Outcome> {
  if (!client.connected) return { error: 'its process has ended' }
  const finished = new AbortController()
  const { signal } = finished
  const timer = setTimeout(() => finished.abort(), ORDER_MS)
  try {
    client.send(order)
    const ended = once(client, 'exit', { signal }).then((): Outcome => ({ error: 'its process ended' }))
    const answered = once(client, 'message', { signal }).then(([outcome]) => outcome as Outcome)
    ended.catch(() => undefined)
    return await Promise.race([answered, ended])
  } catch (error) {
    client.kill() // a late answer would be taken for the next order's
    return { error: signal.aborted ? `no outcome within ${ORDER_MS / 1000} s` : String(error) }
  } finally {
    clearTimeout(timer)
    finished.abort()
  }
}
