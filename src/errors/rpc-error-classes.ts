/**
 * The classes that existing code names in `instanceof`. `type` and `argument` of `RpcError` say the same; new code does
 * not need these.
 */
import { RpcError } from './rpc-error.js'

export interface Wording {
  readonly sentence?: string
  readonly errorMessage?: string
  readonly wrappers?: readonly string[]
}

/** 303: the same call belongs to another data centre. */
export class InvalidDCError extends RpcError {
  override readonly name: string = 'InvalidDCError'
  readonly newDc: number
  constructor(code: number, rpcMessage: string, method?: string, options?: Wording) {
    super(code, rpcMessage, method, options)
    this.newDc = this.argument ?? 0
  }
}
export class PhoneMigrateError extends InvalidDCError {
  override readonly name: string = 'PhoneMigrateError'
}
export class UserMigrateError extends InvalidDCError {
  override readonly name: string = 'UserMigrateError'
}
export class NetworkMigrateError extends InvalidDCError {
  override readonly name: string = 'NetworkMigrateError'
}
export class FileMigrateError extends InvalidDCError {
  override readonly name: string = 'FileMigrateError'
}

/** 420: too many calls. `errorMessage` is `FLOOD`; the server's text is `rpcMessage`. */
export class FloodError extends RpcError {
  override readonly name: string = 'FloodError'
  /** How long to wait before the next call, in seconds. */
  readonly seconds: number
  constructor(code: number, rpcMessage: string, method?: string, options: Wording = {}) {
    super(code, rpcMessage, method, { ...options, errorMessage: 'FLOOD' })
    this.seconds = this.argument ?? 0
  }
}
export class FloodWaitError extends FloodError {
  override readonly name: string = 'FloodWaitError'
}
export class SlowModeWaitError extends FloodError {
  override readonly name: string = 'SlowModeWaitError'
}
export class FloodTestPhoneWaitError extends FloodError {
  override readonly name: string = 'FloodTestPhoneWaitError'
}
export class MsgWaitError extends FloodError {
  override readonly name: string = 'MsgWaitError'
}

export class BadRequestError extends RpcError {
  override readonly name: string = 'BadRequestError'
}
/** `EMAIL_UNCONFIRMED_6`: the code that was sent by mail has six digits. */
export class EmailUnconfirmedError extends BadRequestError {
  override readonly name: string = 'EmailUnconfirmedError'
  readonly codeLength: number
  constructor(code: number, rpcMessage: string, method?: string, options: Wording = {}) {
    super(code, rpcMessage, method, { ...options, errorMessage: 'BAD_REQUEST' })
    this.codeLength = this.argument ?? 0
  }
}
export class UnauthorizedError extends RpcError {
  override readonly name: string = 'UnauthorizedError'
}
export class ForbiddenError extends RpcError {
  override readonly name: string = 'ForbiddenError'
}
export class NotFoundError extends RpcError {
  override readonly name: string = 'NotFoundError'
}
export class AuthKeyError extends RpcError {
  override readonly name: string = 'AuthKeyError'
}
export class ServerError extends RpcError {
  override readonly name: string = 'ServerError'
}
export class TimedOutError extends RpcError {
  override readonly name: string = 'TimedOutError'
}

export type RpcErrorClass = new (code: number, rpcMessage: string, method?: string, options?: Wording) => RpcError

export interface Special {
  readonly type: RpcErrorClass
  readonly sentence: (argument: number) => string
}

const waits = (seconds: number): string => `A wait of ${seconds} seconds is required`

/** Types of errors that have a class of their own, and a sentence that says what they mean. */
export const SPECIAL: Readonly<Record<string, Special>> = {
  FLOOD_WAIT: { type: FloodWaitError, sentence: waits },
  FLOOD_PREMIUM_WAIT: { type: FloodWaitError, sentence: waits },
  FLOOD_TEST_PHONE_WAIT: { type: FloodTestPhoneWaitError, sentence: (s) => `${waits(s)} in the test servers` },
  SLOWMODE_WAIT: {
    type: SlowModeWaitError,
    sentence: (s) => `${waits(s)} before sending another message in this chat`,
  },
  MSG_WAIT_FAILED: { type: MsgWaitError, sentence: () => 'The call that this one was to follow has failed' },
  MSG_WAIT_TIMEOUT: {
    type: MsgWaitError,
    sentence: () => 'The call that this one was to follow did not arrive in time',
  },
  PHONE_MIGRATE: { type: PhoneMigrateError, sentence: (dc) => `This phone number belongs to data centre ${dc}` },
  USER_MIGRATE: { type: UserMigrateError, sentence: (dc) => `This account belongs to data centre ${dc}` },
  NETWORK_MIGRATE: { type: NetworkMigrateError, sentence: (dc) => `This address belongs to data centre ${dc}` },
  FILE_MIGRATE: { type: FileMigrateError, sentence: (dc) => `This file is stored in data centre ${dc}` },
  EMAIL_UNCONFIRMED: {
    type: EmailUnconfirmedError,
    sentence: (n) => `Email unconfirmed, the length of the code must be ${n}`,
  },
}

/** The error for the server's answer `rpc_error code message`, in the class that existing code expects. */
export function rpcErrorOf(code: number, rpcMessage: string, method?: string, wrappers: readonly string[] = []): RpcError {
  const type = rpcMessage.replace(/_\d+$/, '')
  const special = SPECIAL[type]
  const argument = Number(/_(\d+)$/.exec(rpcMessage)?.[1] ?? 0)
  if (special === undefined) return new RpcError(code, rpcMessage, method, { wrappers })
  return new special.type(code, rpcMessage, method, {
    sentence: `${code}: ${rpcMessage}: ${special.sentence(argument)}`,
    wrappers,
  })
}
