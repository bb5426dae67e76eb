import type { TransportName } from '../transport/codec.js'

/** How a client speaks on the wire: a framing, bare or obfuscated. */
export interface WireStyle {
  readonly framing: TransportName
  readonly obfuscated: boolean
}

/**
 * The option `connection` takes one of these classes, by which existing code names transports. They are names: nobody
 * makes instances.
 */
export class Connection {
  static readonly wire: WireStyle | undefined = undefined
}

/** The framing with a length, a counter and a checksum in each frame. Cannot be obfuscated, has no quick acks. */
export class ConnectionTCPFull extends Connection {
  static override readonly wire: WireStyle = { framing: 'full', obfuscated: false }
}
/** The shortest framing: one byte of length for most packets. */
export class ConnectionTCPAbridged extends Connection {
  static override readonly wire: WireStyle = { framing: 'abridged', obfuscated: false }
}
/** Four bytes of length. */
export class ConnectionTCPIntermediate extends Connection {
  static override readonly wire: WireStyle = { framing: 'intermediate', obfuscated: false }
}
/** As intermediate, with up to 15 random bytes behind each packet, so that lengths say less. */
export class ConnectionTCPPaddedIntermediate extends Connection {
  static override readonly wire: WireStyle = { framing: 'padded', obfuscated: false }
}
/** Abridged inside a key stream, so that the connection has no signature. */
export class ConnectionTCPObfuscated extends Connection {
  static override readonly wire: WireStyle = { framing: 'abridged', obfuscated: true }
}
/** Padded intermediate inside a key stream. */
export class ConnectionTCPPaddedObfuscated extends Connection {
  static override readonly wire: WireStyle = { framing: 'padded', obfuscated: true }
}
/** Abridged to an MTProxy with a plain secret. Other secrets choose the framing by themselves. */
export class ConnectionTCPMTProxyAbridged extends Connection {
  static override readonly wire: WireStyle = { framing: 'abridged', obfuscated: true }
}

/** Names of the option `networkSocket`. */
export class PromisedNetSockets {
  static readonly carrier = 'tcp' as const
}
export class PromisedWebSockets {
  static readonly carrier = 'websocket' as const
}
