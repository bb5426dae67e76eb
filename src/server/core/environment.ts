import type { Decipher } from '../../crypto/message-cipher.js'
import type { MsgIdGenerator } from '../../mtproto/msg-id.js'
import type { Platform } from '../../platform/platform.js'
import type { ServerFaults } from '../faults.js'
import type { IdleLimits } from '../options.js'
import type { ServiceRegistry } from '../services/registry.js'
import type { ViolationLog } from '../strict.js'
import type { Accounts } from '../world/accounts.js'
import type { World } from '../world/world.js'
import type { DataCentre } from './data-centres.js'

/** What decrypts large packets elsewhere. */
export interface LargeDecryption {
  /** Whether it is worth while to have a packet of so many bytes decrypted elsewhere. */
  wants(bytes: number): boolean
  readonly decipher: Decipher
}

/** What all data centres, sessions and connections of one server share. */
export interface Environment {
  readonly platform: Platform
  readonly world: World
  readonly accounts: Accounts
  readonly services: ServiceRegistry
  readonly dataCentres: readonly DataCentre[]
  /** One for all sessions: one that is lost and made again must not use an id a second time. */
  readonly msgIds: MsgIdGenerator
  readonly violations: ViolationLog
  readonly faults: ServerFaults
  readonly salts: { readonly periodMs: number; readonly overlapMs: number }
  /** When connections of no use are ended; never, where nobody says. */
  readonly idle: IdleLimits | undefined
  /** Permanent keys may ask no more than strangers. */
  readonly temporaryKeysOnly: boolean
  /** Bodies of answers from this many bytes on are packed where that makes them shorter. */
  readonly packFromBytes: number
  /** Decrypts large packets while the server goes on, where the server has threads. */
  readonly decryption: LargeDecryption | undefined
  /** An exception that a handler did not mean as an answer. */
  readonly onHandlerError: (error: unknown, method: string) => void
}

/** The server's clock: unix time in milliseconds. */
export function serverMs({ platform }: Pick<Environment, 'platform'>): number {
  return platform.clock.now().wallMs
}
