import type { RsaPublicKey } from '../../crypto/rsa.js'
import type { Random } from '../../platform/random.js'

export interface EngineOptions {
  readonly random: Random
  /** The data centre: its number, +10000 for test servers, negative for media servers. */
  readonly dc: number
  /** The RSA keys that a server of this network may have. Built in or configured, never taken from the network. */
  readonly serverKeys: readonly RsaPublicKey[]
  /** The permanent key of this data centre, 256 bytes, where there is one already. */
  readonly authKey?: Uint8Array | undefined
  /** The salt that goes with it, if it was remembered. A wrong one costs a round trip. */
  readonly salt?: bigint | undefined
  /** Server time less the wall clock, if it was remembered. */
  readonly serverTimeOffsetMs?: number | undefined
  /** Perfect forward secrecy: calls go under temporary keys that are bound to the permanent one. Default true. */
  readonly pfs?: boolean | undefined
  /** Seconds that a temporary key lives; default one day. */
  readonly temporaryKeySeconds?: number | undefined
  /**
   * The bytes of `invokeWithLayer` and `initConnection` up to their `query`, which is the last field of both. The
   * engine puts them before every call of a link, a session or a key until the first answer to such a call.
   */
  readonly initConnection?: Uint8Array | undefined
  /** Whether long queries are sent as gzip_packed. Default true. */
  readonly compress?: boolean | undefined
}
