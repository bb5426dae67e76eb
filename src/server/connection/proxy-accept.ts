import { TransportError } from '../../errors/errors.js'
import type { Accept, Link, LinkHandlers } from '../../net/link.js'
import type { TransportCodec } from '../../transport/codec.js'
import { mtproxyAccept, mtproxyServer } from '../../transport/mtproxy.js'
import type { MtproxySecret } from '../../transport/mtproxy-secret.js'
import type { Environment } from '../core/environment.js'
import { IdleWatch } from './idle-watch.js'
import type { ServerConnection } from './server-connection.js'
import { WatchedLink } from './watched-link.js'

/** Hands a client over to the data centre that it has named, with the codec that has read its first bytes. */
export type ConnectTo = (dcId: number, link: Link, codec: TransportCodec) => ServerConnection | undefined

/**
 * The far end of an MTProxy: takes clients that have its secret, and connects each to the data centre that the header
 * of its obfuscation names. Others are cut off, and so is who says nothing.
 * @see https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation
 */
export function proxyAccept(secret: MtproxySecret, connectTo: ConnectTo, environment: Pick<Environment, 'platform' | 'idle'>): Accept {
  const { platform, idle } = environment
  return (link) => {
    const watched = new WatchedLink(link)
    const watch = idle && new IdleWatch(platform, idle, () => watched.close())
    watched.onEnd = () => watch?.stop()
    const connect: ConnectTo = (dcId, inner, codec) => {
      watch?.stop() // from here on, the connection watches itself
      return connectTo(dcId, inner, codec)
    }
    const accept = mtproxyAccept(secret, (inner) => new ProxiedClient(inner, mtproxyServer(secret, platform.random), connect), platform)
    return watched.watching(accept(watched))
  }
}

/** A client that has not said yet where it wants to go. */
class ProxiedClient implements LinkHandlers {
  readonly #link: Link
  readonly #codec: ReturnType<typeof mtproxyServer>
  readonly #connectTo: ConnectTo
  #connection: ServerConnection | undefined

  constructor(link: Link, codec: ReturnType<typeof mtproxyServer>, connectTo: ConnectTo) {
    this.#link = link
    this.#codec = codec
    this.#connectTo = connectTo
  }

  data(chunk: Uint8Array): void {
    if (this.#connection) return this.#connection.data(chunk)
    this.#codec.receive(chunk)
    try {
      const frame = this.#codec.next()
      const { detection } = this.#codec
      if (detection === undefined) return
      this.#connection = this.#connectTo(Math.abs(detection.dc ?? 0), this.#link, this.#codec)
      if (this.#connection) this.#connection.resume(frame)
      else this.#link.close()
    } catch (error) {
      if (!(error instanceof TransportError)) throw error
      this.#link.close()
    }
  }

  close(): void {
    this.#connection?.close()
  }
}
