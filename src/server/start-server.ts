/// <reference lib="esnext.disposable" preserve="true" />
import { DecryptionThreads } from '../crypto/threads/decryption-threads.node.js'
import { listen, type Listener } from '../net/listen.node.js'
import { parseMtproxySecret } from '../transport/mtproxy-secret.js'
import { ServerCore } from './core/server-core.js'
import { MAX_PAYLOAD_BYTES, SILENT_MS, STRANGER_MS } from './limits.js'
import type { ServerOptions } from './options.js'

/** An embedded server that listens on this machine. */
export class TelegramServer extends ServerCore {
  /** Where the server stands for an MTProxy, in the order of the options. */
  readonly proxies: readonly { readonly host: string; readonly port: number; readonly secret: string }[]
  readonly #listeners: Listener[] = []
  #lastTurn: Promise<void> = Promise.resolve()
  readonly #threads: DecryptionThreads
  readonly #firstBytesTimeoutMs: number
  readonly #proxies: { readonly host: string; port: number; readonly secret: string }[]

  constructor(options: ServerOptions) {
    const threads = new DecryptionThreads(MAX_PAYLOAD_BYTES)
    super(options, {
      decryption: { wants: (bytes) => threads.wants(bytes), decipher: (data, keys) => threads.decrypt(data, keys) },
      idle: { strangerMs: STRANGER_MS, silentMs: SILENT_MS }, // who holds sockets for others says how long
    })
    this.#threads = threads
    this.#firstBytesTimeoutMs = options.idle?.strangerMs ?? STRANGER_MS
    this.#proxies = (options.proxies ?? []).map(({ secret, port = 0 }) => ({ host: this.host, port, secret }))
    this.proxies = this.#proxies
  }

  /** The server's public RSA key as PEM (PKCS#1): what a client has to be given as `serverKeys`. */
  get publicKey(): string {
    return this.centre().dc.publicKey
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

  /**
   * Listens: on the ports that it had, with the world and the keys that it has, where it was closed before. Where it
   * listens already, nothing happens.
   * @throws {TransportError} `connect`, when a port cannot be had; then nothing listens.
   */
  open(): Promise<void> {
    return this.#inTurn(() => this.#listen())
  }

  /** Breaks all connections and stops listening. Nothing is left open; a second call does nothing. */
  close(): Promise<void> {
    this.dropConnections()
    return this.#inTurn(() => this.#stop())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** Opening and closing wait for each other. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#lastTurn.then(work)
    this.#lastTurn = turn.catch(() => undefined)
    return turn
  }

  async #listen(): Promise<void> {
    if (this.listening) return
    try {
      for (const centre of this.centres) {
        const { host, port } = centre.dc
        const firstBytesTimeoutMs = this.#firstBytesTimeoutMs
        const listener = await listen({ host, port, firstBytesTimeoutMs }, (link) => centre.accept(link))
        this.#listeners.push(listener)
        centre.dc.port = listener.port
      }
      for (const proxy of this.#proxies) {
        const secret = parseMtproxySecret(proxy.secret)
        const listener = await listen({ ...proxy, accepts: 'tcp' }, (link) => this.acceptProxied(link, secret))
        this.#listeners.push(listener)
        proxy.port = listener.port
      }
    } catch (error) {
      await this.#stop()
      throw error
    }
    this.world.schedule.resume()
  }

  async #stop(): Promise<void> {
    this.dropConnections()
    this.world.botQueries.end()
    this.world.schedule.pause()
    for (const { queries } of this.centres) queries.end()
    await Promise.all([this.#threads.close(), ...this.#listeners.splice(0).map((listener) => listener.close())])
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
 * @throws {LocalError} `argument`, when there is no such option, or one has the wrong form: a port that is none, an
 * `rsaKey` that is no private RSA key of 2048 bits, a secret that is none.
 */
export async function startServer(options: ServerOptions = {}): Promise<TelegramServer> {
  const server = new TelegramServer(options)
  await server.open()
  return server
}
