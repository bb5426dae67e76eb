import { MAX_VIOLATIONS } from './limits.js'

/** What a client did against the protocol. Codes 16 to 64 are those of bad_msg_notification; the rest are words. */
export type ViolationCode =
  | 16
  | 17
  | 18
  | 19
  | 20
  | 32
  | 33
  | 34
  | 35
  | 64
  | 'duplicate-id' // a message was sent again bare, under the msg_id that it had
  | 'reused-id' // other bytes under a msg_id that was used before
  | 'ack-of-unsent' // an acknowledgement of a message that this session never sent
  | 'too-many-ids' // a service message with more than 8192 ids
  | 'oversize-container' // more messages or bytes than a container may hold
  | 'handshake' // a query of the key exchange that fits none, or is damaged
  | 'unauthenticated' // a packet that the key it names did not encrypt, or with an impossible length or padding
  | 'unpadded-number' // g_b, or the RSA-encrypted data, shorter than 256 bytes
  | 'legacy-rsa-padding' // the inner data of the key exchange in the retired padding
  | 'wrong-dc' // inner data for another data centre
  | 'constant-padding' // padding that is not random
  | 'no-init' // a query before initConnection
  | 'permanent-key' // queries under a permanent key although a temporary one is bound to it

export interface Violation {
  readonly code: ViolationCode
  /** One sentence that says what was expected and what came. */
  readonly what: string
  /** `auth_key_id` and `session_id`, where the message was encrypted. */
  readonly keyId: bigint | undefined
  readonly sessionId: bigint | undefined
  readonly msgId: bigint | undefined
  readonly atMs: number
}

/**
 * The list of what clients did wrong, up to the ten-thousandth. Where strict mode is off nothing is looked for and
 * nothing is kept.
 */
export class ViolationLog {
  readonly strict: boolean
  readonly violations: Violation[] = []
  readonly #listener: ((violation: Violation) => void) | undefined

  constructor(strict: boolean, listener?: (violation: Violation) => void) {
    this.strict = strict
    this.#listener = listener
  }

  report(violation: Violation): void {
    if (!this.strict) return
    if (this.violations.length < MAX_VIOLATIONS) this.violations.push(violation)
    this.#listener?.(violation)
  }
}
