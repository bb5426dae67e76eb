/** What the command's exit says. Stable: scripts may branch on it. */
export const EXIT = {
  ok: 0,
  /** The command did its work and found something: drift, a breaking change, an unsound schema. */
  findings: 1,
  /** The command line or the config is wrong. */
  usage: 2,
  /** A file, a package or an address could not be read or written. */
  io: 3,
  /** Bytes or a peer broke the protocol. */
  protocol: 4,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Ends the command with a message and a code; anything else that is thrown is a bug. */
export class CliFailure extends Error {
  override readonly name: string = 'CliFailure'
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

export const usage = (message: string): CliFailure => new CliFailure(EXIT.usage, message)

export const ioFailure = (message: string, cause?: unknown): CliFailure => {
  const reason = cause instanceof Error ? `: ${systemReason(cause) ?? cause.message}` : ''
  return new CliFailure(EXIT.io, `${message}${reason}`, { cause })
}

/** What the system's codes mean; Node's own messages repeat the path and name the call. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'a file is in the way',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EADDRINUSE: 'another program listens there',
}

/** Why a call of the system failed, in words; nothing for any other error. */
export function systemReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, syscall } = error as NodeJS.ErrnoException
  return syscall === undefined || code === undefined ? undefined : REASONS[code]
}
