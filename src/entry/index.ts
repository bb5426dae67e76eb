import { readObject } from '../../generated/api/registry.js'
import type { TlObject } from '../tl/object.js'
import { Reader } from '../tl/reader.js'

export * as Api from '../../generated/api/index.js'
export { LAYER } from '../../generated/api/layer.js'
export { Logger, LogLevel } from '../client/compat/logger.js'
export { version } from '../client/compat/version.js'
export { Connection } from '../client/connection-kinds.js'
export type { CallOptions } from '../client/telegram-client.js'
export { TelegramClient } from '../client/telegram-client.js'
export type { ProxyInterface, TelegramClientParams } from '../client/settings.js'
export { TlDecodeError, TlEncodeError } from '../errors/codec.js'
export { LocalError, RemoteError, TransportError } from '../errors/errors.js'
export { isRpcError, RpcError } from '../errors/rpc-error.js'
export { CustomFile } from '../client/files/source.js'
export * as client from './client/index.js'
export * as errors from './errors.js'
export * as events from './events/index.js'
export * as extensions from './extensions/index.js'
export * as helpers from './Helpers.js'
export * as password from './Password.js'
export * as sessions from './sessions.js'
export * as tl from './tl/index.js'
export * as utils from './Utils.js'

/**
 * Reads one boxed object of any constructor of the layer.
 * @throws {TlDecodeError} when the bytes do not fit, or when something is left over behind the object.
 */
export function decode(bytes: Uint8Array): TlObject {
  const reader = new Reader(bytes)
  const value = readObject(reader)
  reader.finish()
  return value
}
