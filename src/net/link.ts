import type { TransportError } from '../errors/errors.js'

/** What the owner of a link is told. */
export interface LinkHandlers {
  /** Bytes of the peer, in any pieces. They are the receiver's to keep: the link does not change them afterwards. */
  data(chunk: Uint8Array): void
  /** The link is gone, once, with the error that ended it, if one did. Not called after the owner's own `close()`. */
  close(error?: TransportError): void
  /** What `send` had to keep has gone out. */
  drain?(): void
}

/** An open connection that carries bytes both ways, whatever it is made of. */
export interface Link {
  /** Sends or keeps `bytes`; `false` when so much waits that the caller should stop until `drain`. A closed link drops them. */
  send(bytes: Uint8Array): boolean
  /** Asks the peer to wait (`true`) or to go on; bytes on the way may still come in. Left out: it cannot be asked. */
  hold?(held: boolean): void
  /** How much of what was sent waits in this process because the peer does not take it; left out where nobody counts. */
  readonly unsentBytes?: number
  /** Ends the link: what was sent still goes out, nothing more comes in, no handler is called again. Twice is once. */
  close(): void
}

export interface Address {
  readonly host: string
  readonly port: number
  /** The whole URL of a WebSocket, where it is not `ws://host:port/apiws`. */
  readonly url?: string
}

/**
 * Opens a link. The caller sets the time limit, through `signal`; after the link is open the signal means nothing.
 * @throws {TransportError} `connect` when no connection can be made, `proxy` when a proxy on the way refuses.
 * @throws {LocalError} `aborted` when `signal` fires first, `argument` or `state` when this platform cannot do it.
 */
export type Dial = (address: Address, handlers: LinkHandlers, signal: AbortSignal) => Promise<Link>

/** Somebody connected: `link` is open, and the answer says who gets its bytes. */
export type Accept = (link: Link) => LinkHandlers
