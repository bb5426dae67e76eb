import type { ClientLogger } from '../logger.js'

/** A constant object instead of an `enum`: the values are what existing code compares. */
export const LogLevel = { NONE: 'none', ERROR: 'error', WARN: 'warn', INFO: 'info', DEBUG: 'debug' } as const
export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel]

const ORDER: readonly LogLevel[] = ['none', 'error', 'warn', 'info', 'debug']

/** Writes to the console; pass one as `baseLogger` to see what a client does. Override `log` to write elsewhere. */
export class Logger implements ClientLogger {
  /** `%t` is the time, `%l` the level, `%m` the message. */
  messageFormat: string = '[%t] [%l] - [%m]'
  #logLevel: LogLevel

  constructor(level: LogLevel = 'info') {
    this.#logLevel = level
  }

  /** Without effect, as in GramJS, which says so too: a logger has a level, all of them together have none. */
  static setLevel(_level: LogLevel): void {
    console.warn('Logger.setLevel has no effect; call setLogLevel() of the client')
  }

  get logLevel(): LogLevel {
    return this.#logLevel
  }

  setLevel(level: LogLevel): void {
    this.#logLevel = level
  }

  canSend(level: LogLevel): boolean {
    return level !== 'none' && ORDER.indexOf(level) <= ORDER.indexOf(this.#logLevel)
  }

  error(message: string): void {
    this._log('error', message)
  }

  warn(message: string): void {
    this._log('warn', message)
  }

  info(message: string): void {
    this._log('info', message)
  }

  debug(message: string): void {
    this._log('debug', message)
  }

  format(message: string, level: string): string {
    return this.messageFormat
      .replace('%t', this.getDateTime())
      .replace('%l', level.toUpperCase())
      .replace('%m', message)
  }

  /** Where a message that passed the level goes. */
  log(level: LogLevel, message: string): void {
    console[level === 'none' ? 'debug' : level](this.format(message, level))
  }

  getDateTime(): string {
    return new Date().toISOString()
  }

  /** Passes a message on to `log`, unless the level holds it back. */
  _log(level: LogLevel, message: string): void {
    if (this.canSend(level)) this.log(level, message)
  }
}

/** Hands what passes the level to a logger of another kind, which may have levels of its own. */
class ForwardingLogger extends Logger {
  readonly #target: ClientLogger

  constructor(target: ClientLogger) {
    super('debug')
    this.#target = target
  }

  override log(level: keyof ClientLogger, message: string): void {
    this.#target[level](message)
  }
}

/** The logger of a client: silent until one is given, or its level is set. */
export function loggerOf(given: ClientLogger | undefined): Logger {
  if (given === undefined) return new Logger('none')
  return given instanceof Logger ? given : new ForwardingLogger(given)
}
