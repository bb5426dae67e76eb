/** `rawgram/extensions/Logger` */
export { Logger, LogLevel } from '../../client/compat/logger.js'
