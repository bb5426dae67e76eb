import * as Api from '../../generated/api/index.js'
import { startServer, type TelegramServer } from '../../src/server/start-server.js'
import { Dice } from '../sim/dice.js'
import { heldBytes } from '../support/memory.js'
import { FaultyProxy, type ProxyCounts } from './faulty-proxy.js'
import { OpenSockets, SocketReaper } from './sockets.js'

export interface FarSideOptions {
  readonly clients: number
  readonly seed: number
  /** A connection is disturbed by the proxy, or destroyed at the server, about once in this time, each. */
  readonly meanMs: number
}

export interface FarSideCounts extends ProxyCounts {
  /** Sockets that the server's end destroyed. */
  destroyed: number
  violations: string[]
  handlerErrors: string[]
  /** A byte for each call by its number: how often it was carried out. */
  executions: Uint8Array
  heldBytes: number
}

/** What the clients face: the embedded server behind a bad line. It may live in a process of its own. */
export interface FarSide {
  /** A session string for each client; it leads to the proxy. */
  readonly sessions: readonly string[]
  storm(stormy: boolean): Promise<void>
  /** The server forgets all sessions and drops all connections. */
  restart(): Promise<void>
  counts(): Promise<FarSideCounts>
  close(): Promise<void>
}

const MOST_VIOLATIONS = 20
const DC = 2
const FIRST_CAPACITY = 1 << 16

/** What a call asks for: its number, how long its answer is to take and to be. */
export interface Errand {
  readonly call: number
  readonly delayMs: number
  readonly length: number
}

export const writeErrand = ({ call, delayMs, length }: Errand): string => `${call}|${delayMs}|${length}`
export const answerTo = ({ call, length }: Errand): string => `${call}|${'x'.repeat(length)}`

function readErrand(text: string): Errand {
  const [call, delayMs, length] = text.split('|').map(Number)
  return { call: call!, delayMs: delayMs!, length: length! }
}

/** The far side in this process. */
export class LocalFarSide implements FarSide {
  readonly sessions: readonly string[]
  readonly #server: TelegramServer
  readonly #proxy: FaultyProxy
  readonly #sockets: OpenSockets
  readonly #reaper: SocketReaper
  readonly #violations: string[]
  readonly #handlerErrors: string[]
  #executions = new Uint8Array(FIRST_CAPACITY)

  private constructor(
    options: FarSideOptions,
    server: TelegramServer,
    port: number,
    proxy: FaultyProxy,
    violations: string[],
    handlerErrors: string[],
  ) {
    this.#server = server
    this.#proxy = proxy
    this.#violations = violations
    this.#handlerErrors = handlerErrors
    this.#sockets = new OpenSockets('server', port)
    this.#reaper = new SocketReaper(this.#sockets, new Dice(options.seed + 1), options.meanMs)
    server.handle(Api.bots.SendCustomRequest, ({ params }) => this.#carryOut(params.data, (data) => new Api.DataJSON({ data })))
    server.handle(Api.payments.GetBankCardData, ({ number }) =>
      this.#carryOut(number, (title) => new Api.payments.BankCardData({ title, openUrls: [] })),
    )
    this.sessions = Array.from({ length: options.clients }, (_, at) => server.login({ username: `client${at}` }))
  }

  static async open(options: FarSideOptions): Promise<LocalFarSide> {
    const violations: string[] = []
    const handlerErrors: string[] = []
    const server = await startServer({
      port: 0,
      dataCentres: [{ id: DC }],
      strict: true,
      onViolation: ({ code, what }) => void (violations.length < MOST_VIOLATIONS && violations.push(`${code}: ${what}`)),
      onHandlerError: (error) => void handlerErrors.push(String(error)),
    })
    const { port } = server
    const proxy = await FaultyProxy.open(port, new Dice(options.seed), options.meanMs)
    // From here on the server's configuration, and its session strings, name the proxy.
    server.centre().dc.port = proxy.port
    return new LocalFarSide(options, server, port, proxy, violations, handlerErrors)
  }

  async storm(stormy: boolean): Promise<void> {
    this.#proxy.stormy = stormy
    if (stormy) this.#reaper.start()
    else this.#reaper.stop()
  }

  async restart(): Promise<void> {
    this.#server.restart()
  }

  async counts(): Promise<FarSideCounts> {
    return {
      ...this.#proxy.counts,
      destroyed: this.#reaper.destroyed,
      violations: this.#violations,
      handlerErrors: this.#handlerErrors,
      executions: this.#executions,
      heldBytes: heldBytes(),
    }
  }

  async close(): Promise<void> {
    this.#reaper.stop()
    this.#sockets.close()
    await this.#proxy.close()
    await this.#server.close()
  }

  #carryOut<Result>(text: string, build: (answer: string) => Result): Result | Promise<Result> {
    const errand = readErrand(text)
    this.#count(errand.call)
    const answer = build(answerTo(errand))
    if (errand.delayMs === 0) return answer
    return new Promise((resolve) => setTimeout(() => resolve(answer), errand.delayMs).unref())
  }

  #count(call: number): void {
    if (call >= this.#executions.length) {
      const longer = new Uint8Array(2 * call)
      longer.set(this.#executions)
      this.#executions = longer
    }
    this.#executions[call]!++
  }
}
