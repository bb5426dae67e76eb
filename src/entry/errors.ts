/** `rawgram/errors` */
import { rpcErrorOf } from '../errors/rpc-error-classes.js'
import type { RpcError } from '../errors/rpc-error.js'

export { TlDecodeError, TlEncodeError } from '../errors/codec.js'
export { LocalError, RemoteError, TransportError } from '../errors/errors.js'
export type { LocalFailure, RemoteFailure, TransportFailure } from '../errors/errors.js'
export { isRpcError, RpcError } from '../errors/rpc-error.js'
export type { RpcErrorOf } from '../errors/rpc-error.js'
export {
  AuthKeyError,
  BadRequestError,
  EmailUnconfirmedError,
  FileMigrateError,
  FloodError,
  FloodTestPhoneWaitError,
  FloodWaitError,
  ForbiddenError,
  InvalidDCError,
  MsgWaitError,
  NetworkMigrateError,
  NotFoundError,
  PhoneMigrateError,
  RPCError,
  rpcErrorRe,
  ServerError,
  SlowModeWaitError,
  TimedOutError,
  UnauthorizedError,
  UserMigrateError,
} from '../client/compat/rpc-error-forms.js'
export {
  BadMessageError,
  CdnFileTamperedError,
  InvalidBufferError,
  InvalidChecksumError,
  ReadCancelledError,
  SecurityError,
  TypeNotFoundError,
} from '../client/compat/protocol-errors.js'

/** The error for an answer `rpc_error`, in the class that existing code expects. */
export function RPCMessageToError(
  error: { readonly errorCode: number; readonly errorMessage: string },
  request?: { readonly className: string },
): RpcError {
  return rpcErrorOf(error.errorCode, error.errorMessage, request?.className)
}
