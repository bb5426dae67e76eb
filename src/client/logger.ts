export type LogLevelName = 'none' | 'error' | 'warn' | 'info' | 'debug'

/** Where a client reports what it does. Silent unless one is given; secrets are never passed to it. */
export interface ClientLogger {
  error(message: string): void
  warn(message: string): void
  info(message: string): void
  debug(message: string): void
}
