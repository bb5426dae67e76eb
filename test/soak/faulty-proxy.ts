import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Dice } from '../sim/dice.js'

export interface ProxyCounts {
  connections: number
  /** Ended by FIN, ended by RST, ended by RST in the middle of a write. */
  cuts: number
  resets: number
  truncated: number
  /** Held back for some seconds, and for ever. */
  stalls: number
  gonesDark: number
}

interface Pair {
  readonly client: Socket
  readonly server: Socket
  fate: NodeJS.Timeout | undefined
  /** Set once the connection is to end in the middle of a write: so many bytes still pass. */
  leftBytes: number | undefined
  dark: boolean
}

/** A TCP proxy on a bad line. While it storms, each connection is cut, reset, truncated, stalled or goes dark about once in `meanMs`. */
export class FaultyProxy {
  readonly counts: ProxyCounts = { connections: 0, cuts: 0, resets: 0, truncated: 0, stalls: 0, gonesDark: 0 }
  readonly #listener: Server
  readonly #targetPort: number
  readonly #dice: Dice
  readonly #meanMs: number
  readonly #pairs = new Set<Pair>()
  #stormy = false

  private constructor(targetPort: number, dice: Dice, meanMs: number) {
    this.#targetPort = targetPort
    this.#dice = dice
    this.#meanMs = meanMs
    this.#listener = createServer((client) => this.#accept(client))
  }

  static async open(targetPort: number, dice: Dice, meanMs: number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(targetPort, dice, meanMs)
    await new Promise<void>((resolve, reject) => {
      proxy.#listener.once('error', reject)
      proxy.#listener.listen({ host: '127.0.0.1', port: 0 }, resolve)
    })
    return proxy
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port
  }

  set stormy(stormy: boolean) {
    this.#stormy = stormy
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#listener.close(resolve))
    for (const { client, server } of this.#pairs) {
      client.destroy()
      server.destroy()
    }
    await closed
  }

  #accept(client: Socket): void {
    const server = connect({ host: '127.0.0.1', port: this.#targetPort, noDelay: true })
    client.setNoDelay(true)
    const pair: Pair = { client, server, fate: undefined, leftBytes: undefined, dark: false }
    this.#pairs.add(pair)
    this.counts.connections++
    this.#carry(pair, client, server)
    this.#carry(pair, server, client)
    this.#drawFate(pair)
  }

  #carry(pair: Pair, from: Socket, to: Socket): void {
    from.on('data', (chunk: Buffer) => {
      if (pair.dark) return
      if (pair.leftBytes !== undefined && chunk.length >= pair.leftBytes) {
        to.write(chunk.subarray(0, pair.leftBytes))
        this.counts.truncated++
        pair.dark = true
        setImmediate(() => reset(pair))
        return
      }
      if (pair.leftBytes !== undefined) pair.leftBytes -= chunk.length
      if (!to.write(chunk)) from.pause()
    })
    to.on('drain', () => from.resume())
    from.on('error', () => from.destroy())
    from.on('end', () => to.end())
    from.on('close', () => {
      clearTimeout(pair.fate)
      this.#pairs.delete(pair)
      if (!pair.dark) to.destroySoon()
    })
  }

  #drawFate(pair: Pair): void {
    const { counts } = this
    const dice = this.#dice
    pair.fate = setTimeout(() => {
      if (this.#stormy && !pair.dark) {
        const fate = dice.unit()
        if (fate < 0.3) {
          counts.cuts++
          pair.client.end()
          pair.server.end()
        } else if (fate < 0.5) {
          counts.resets++
          reset(pair)
        } else if (fate < 0.7) pair.leftBytes = dice.between(0, 300)
        else if (fate < 0.95) {
          counts.stalls++
          this.#stall(pair, dice.between(500, 8_000))
        } else {
          counts.gonesDark++
          pair.dark = true
        }
      }
      this.#drawFate(pair)
    }, dice.wait(this.#meanMs))
  }

  #stall({ client, server }: Pair, ms: number): void {
    client.pause()
    server.pause()
    setTimeout(() => {
      client.resume()
      server.resume()
    }, ms).unref()
  }
}

function reset({ client, server }: Pair): void {
  client.resetAndDestroy()
  server.resetAndDestroy()
}
