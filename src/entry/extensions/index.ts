/** `rawgram/extensions`: what existing code imports beside the client. */
export { Logger, LogLevel } from '../../client/compat/logger.js'
export { PromisedNetSockets, PromisedWebSockets } from '../../client/connection-kinds.js'
