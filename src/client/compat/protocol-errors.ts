/**
 * Errors of GramJS's protocol code that existing code imports, subclasses or raises itself. What this package raises in
 * their place is said at each: `instanceof` one of these is never true for it.
 */
import type { Bytes } from '../../bytes/bytes.js'
import { asBytes } from '../../bytes/bytes.js'
import { describe } from '../../errors/evidence.js'
import { formatId } from '../../tl/ids.js'

/** Here: `LocalError` with the failure `aborted`. */
export class ReadCancelledError extends Error {
  override readonly name: string = 'ReadCancelledError'
  constructor() {
    super('The read operation was cancelled.')
  }
}

/** Here: `TlDecodeError`, whose `constructorId` is the id. */
export class TypeNotFoundError extends Error {
  override readonly name: string = 'TypeNotFoundError'
  readonly invalidConstructorId: number
  /** The bytes from the id on. */
  readonly remaining: Bytes

  constructor(invalidConstructorId: number, remaining: Uint8Array) {
    super(`Could not find a constructor with the id ${formatId(invalidConstructorId)}; ${remaining.length} bytes are left`)
    this.invalidConstructorId = invalidConstructorId
    this.remaining = asBytes(remaining)
  }
}

/** Here: `TransportError` with the failure `frame`. */
export class InvalidChecksumError extends Error {
  override readonly name: string = 'InvalidChecksumError'
  readonly checksum: number
  readonly validChecksum: number

  constructor(checksum: number, validChecksum: number) {
    super(`Invalid checksum (${checksum} when ${validChecksum} was expected). This packet should be skipped.`)
    this.checksum = checksum
    this.validChecksum = validChecksum
  }
}

/** Here: `TransportError` with the failure `transport-error`, whose `transportCode` is the number, negative. */
export class InvalidBufferError extends Error {
  override readonly name: string = 'InvalidBufferError'
  /** The positive number of a transport error, such as 404, where that is what the bytes are. */
  readonly code: number | undefined
  readonly payload: Bytes

  constructor(payload: Uint8Array) {
    const code = payload.length === 4 ? -new DataView(payload.buffer, payload.byteOffset).getInt32(0, true) : undefined
    const what = code === undefined ? `too short: ${describe(payload)}` : `HTTP code ${code}`
    super(`Invalid response buffer (${what})`)
    this.code = code
    this.payload = asBytes(payload)
  }
}

/** Here: `RemoteError` with the failure `handshake` or `message`. */
export class SecurityError extends Error {
  override readonly name: string = 'SecurityError'
  constructor(message: string = 'A security check failed.', ..._more: unknown[]) {
    super(message)
  }
}

/** Here: `RemoteError` with the failure `file`. */
export class CdnFileTamperedError extends SecurityError {
  override readonly name: string = 'CdnFileTamperedError'
  constructor() {
    super('The CDN file has been altered and its download cancelled.')
  }
}

/**
 * Here nobody sees one: what can be sent again is, and a call for which that is not known fails with `LocalError`,
 * `unknown-outcome`.
 * @see https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message
 */
export class BadMessageError extends Error {
  static readonly ErrorMessages: Readonly<Record<number, string>> = {
    16: 'msg_id too low: the clock of this machine is probably wrong.',
    17: 'msg_id too high: the clock of this machine is probably wrong.',
    18: 'Incorrect two lower order msg_id bits: msg_id has to be divisible by 4.',
    19: 'Container msg_id is the same as msg_id of a message that came before.',
    20: 'Message too old: whether the server has received it cannot be verified.',
    32: 'msg_seqno too low.',
    33: 'msg_seqno too high.',
    34: 'An even msg_seqno expected, but odd received.',
    35: 'Odd msg_seqno expected, but even received.',
    48: 'Incorrect server salt.',
    64: 'Invalid container.',
  }
  override readonly name: string = 'BadMessageError'
  readonly code: number
  readonly errorMessage: string

  constructor(request: { readonly className: string }, code: number) {
    const meaning = BadMessageError.ErrorMessages[code] ?? `Unknown error code: ${code}.`
    const errorMessage = `${meaning} Caused by ${request.className}`
    super(errorMessage)
    this.code = code
    this.errorMessage = errorMessage
  }
}
