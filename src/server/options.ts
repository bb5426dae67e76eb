import type { Platform } from '../platform/platform.js'
import type { ServerFaults } from './faults.js'
import type { SaltPlan } from './session/salts.js'
import type { Violation } from './strict.js'
import type { World } from './world/world.js'

export interface DataCentreOptions {
  /** As config and session strings name it: 1 to 999. */
  readonly id: number
  /** 0 or left out: a free port. */
  readonly port?: number
  /** Serves files for others and takes no logins. */
  readonly mediaOnly?: boolean
  /** A caching data centre: it serves encrypted files and nothing else, under an RSA key of its own. */
  readonly cdn?: boolean
}

export interface ProxyOptions {
  /** 16 bytes; dd and 16 bytes; ee, 16 bytes and a domain: in hex or base64url. */
  readonly secret: string
  /** 0 or left out: a free port. */
  readonly port?: number
}

/** When the server ends connections that are of no use. Infinity: never. */
export interface IdleLimits {
  /** Milliseconds until something valid has to have come: a step of a key exchange, or a packet under a known key. */
  readonly strangerMs: number
  /** Milliseconds between two such packets. */
  readonly silentMs: number
}

export interface ServerOptions {
  /** Left out: 127.0.0.1, which nobody outside this machine reaches. */
  readonly host?: string
  /** The port of the first data centre, for TCP and WebSocket. 0 or left out: a free one. */
  readonly port?: number
  /** The first one is home to new accounts. Left out: data centre 2 alone. */
  readonly dataCentres?: readonly DataCentreOptions[]
  /** Look for violations of the protocol and list them in `server.violations`. */
  readonly strict?: boolean
  readonly onViolation?: (violation: Violation) => void
  /**
   * The server's RSA key: a PEM of a private key of 2048 bits, or `'generate'` for a new one. Left out: a fixed key
   * that is published with this package, and so is no secret.
   */
  readonly rsaKey?: string
  /** The login code that every phone number "receives". Left out: 12345. */
  readonly loginCode?: string | ((phone: string) => string)
  /**
   * What a method without a handler is answered with: `'refuse'` (400 METHOD_INVALID), or `'synthesise'`, a made-up
   * value of its result type. Left out: `'refuse'`.
   */
  readonly unhandled?: 'refuse' | 'synthesise'
  /** The seed of synthesised answers: the same ones every time. Left out: 1. */
  readonly seed?: number
  /** Fills the new world. Left out: a few accounts and chats, among them the account `username`. */
  readonly populate?: (world: World) => void
  /** Break connections on which a permanent key asks more than a stranger may: clients have to use temporary keys. */
  readonly temporaryKeysOnly?: boolean
  /** Times of salts, for tests that rotate them quickly. */
  readonly salts?: SaltPlan
  /** Answers from this many bytes on are packed with gzip where that makes them shorter. Left out: 4096. */
  readonly packFromBytes?: number
  /** Left out: a minute for strangers, five minutes of silence. Clients ping once a minute. */
  readonly idle?: Partial<IdleLimits>
  /** Ports on which the server stands for an MTProxy: it takes clients with the secret, to any data centre. */
  readonly proxies?: readonly ProxyOptions[]
  readonly faults?: ServerFaults
  /**
   * Called with what a handler threw and did not mean as an answer; the client gets 500 INTERNAL. Left out: a warning of
   * the process.
   */
  readonly onHandlerError?: (error: unknown, method: string) => void
  /** Clocks, timers and dice. Left out: those of the system. */
  readonly platform?: Platform
}
