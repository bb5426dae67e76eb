import type { ClientLogger } from '../logger.js'

/** A constant object instead of an `enum`: the values are what existing code compares. */
export const LogLevel = { NONE: 'none', ERROR: 'error', WARN: 'warn', INFO: 'info', DEBUG: 'debug' } as const
export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel]

const ORDER: readonly LogLevel[] = ['none', 'error', 'warn', 'info', 'debug']
/** Kinds of console output by level. */
const OUTPUT = { none: 'debug', error: 'error', warn: 'warn', info: 'info', debug: 'debug' } as const

/** Writes to the console; pass one as `baseLogger` to see what a client does. Override `log` to write elsewhere. */
export class Logger implements ClientLogger {
  /** `%t` is the time, `%l` the level, `%m` the message. */
  messageFormat: string = '[%t] [%l] - [%m]'
  #logLevel: LogLevel

  constructor(level: LogLevel = LogLevel.INFO) {
    this.#logLevel = level
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
    this.#send('error', message)
  }

  warn(message: string): void {
    this.#send('warn', message)
  }

  info(message: string): void {
    this.#send('info', message)
  }

  debug(message: string): void {
    this.#send('debug', message)
  }

  format(message: string, level: string): string {
    return this.messageFormat
      .replace('%t', this.getDateTime())
      .replace('%l', level.toUpperCase())
      .replace('%m', message)
  }

  /** Where a message that passed the level goes. */
  log(level: LogLevel, message: string): void {
    console[OUTPUT[level]](this.format(message, level))
  }

  getDateTime(): string {
    return new Date().toISOString()
  }

  #send(level: LogLevel, message: string): void {
    if (this.canSend(level)) this.log(level, message)
  }
}
