/** `rawgram/extensions`: what existing code imports beside the client. */
export { BinaryReader } from '../../client/compat/binary-reader.js'
export { BinaryWriter } from '../../client/compat/binary-writer.js'
export { Logger, LogLevel } from '../../client/compat/logger.js'
export { PromisedNetSockets, PromisedWebSockets } from '../../client/connection-kinds.js'
