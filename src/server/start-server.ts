import type { RsaPrivateKey } from '../crypto/rsa.js'
import { listen, type Listener } from '../net/listen.node.js'
import { ServerCore } from './core/server-core.js'
import type { ServerOptions } from './options.js'
import { loadRsaKey, publicPem } from './rsa-keys.js'

/** An embedded server that listens on this machine. */
export class TelegramServer extends ServerCore {
  /** The server's public RSA key as PEM (PKCS#1): what a client has to be given as `serverKeys`. */
  readonly publicKey: string
  readonly #listeners: Listener[] = []

  constructor(options: ServerOptions, rsaKey: RsaPrivateKey, publicKey: string) {
    super(options, [rsaKey])
    this.publicKey = publicKey
  }

  get host(): string {
    return this.centre().dc.host
  }

  /** Where the first data centre takes TCP and WebSocket connections. */
  get port(): number {
    return this.centre().dc.port
  }

  /** The address for WebSocket transports. */
  get wsUrl(): string {
    return `ws://${this.host.includes(':') ? `[${this.host}]` : this.host}:${this.port}/apiws`
  }

  /** Whether it listens. */
  get listening(): boolean {
    return this.#listeners.length > 0
  }

  /** @throws {TransportError} `connect`, when a port cannot be had; then nothing listens. */
  async open(): Promise<void> {
    try {
      for (const centre of this.centres) {
        const { host, port } = centre.dc
        const listener = await listen({ host, port }, (link) => centre.accept(link))
        this.#listeners.push(listener)
        centre.dc.port = listener.port
      }
    } catch (error) {
      await this.close()
      throw error
    }
  }

  /** Breaks all connections and stops listening. Nothing is left open; a second call does nothing. */
  async close(): Promise<void> {
    this.dropConnections()
    await Promise.all(this.#listeners.splice(0).map((listener) => listener.close()))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}

/**
 * Starts a Telegram server in this process, for tests, examples and demonstrations: it listens on loopback, keeps its
 * world in memory, and forgets everything when it is closed.
 *
 * ```ts
 * await using server = await startServer({ port: 0 })
 * const session = server.login({ username: 'username' }) // a StringSession string, ready to use
 * ```
 * @throws {TransportError} `connect`, when the port cannot be had.
 * @throws {LocalError} `argument`, when `rsaKey` is no private RSA key of 2048 bits.
 */
export async function startServer(options: ServerOptions = {}): Promise<TelegramServer> {
  const first = options.dataCentres?.[0] ?? { id: 2 }
  const port = options.port ?? first.port
  const [, ...others] = options.dataCentres ?? []
  const dataCentres = [{ ...first, ...(port === undefined ? {} : { port }) }, ...others]
  const rsaKey = loadRsaKey(options.rsaKey)
  const server = new TelegramServer({ ...options, dataCentres }, rsaKey, publicPem(rsaKey))
  await server.open()
  return server
}
