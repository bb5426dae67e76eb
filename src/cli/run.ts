import { CommanderError } from 'commander'
import { LocalError, RemoteError, TransportError } from '../errors/errors.js'
import { WireRefusal } from '../../codegen/wire/value.js'
import { CliFailure, EXIT, systemReason } from './exit-code.js'
import type { ExitCode } from './exit-code.js'
import type { CliIo } from './io.js'
import { createProgram } from './program.js'

/** One run of the command line. Resolves to the exit code; prints why when it is not 0. */
export async function runCli(args: readonly string[], io: CliIo): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok
  const program = createProgram(io, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has printed its own message, with a suggestion; help and version end with exit code 0.
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok
      failure(io, args, EXIT.usage, error.message.replace(/^error: /, ''))
      return EXIT.usage
    }
    const known = knownExitCode(error)
    if (known === undefined) throw error
    const message = messageOf(error as NodeJS.ErrnoException)
    io.stderr(`error: ${message}\n`)
    failure(io, args, known, message)
    return known
  }
}

/** With `--json` there is a document whatever happens, so that a program never parses an empty text. */
function failure({ stdout }: CliIo, args: readonly string[], exitCode: ExitCode, message: string): void {
  if (args.includes('--json')) stdout(`${JSON.stringify({ error: message, exitCode }, null, 2)}\n`)
}

/** A file or a port that fails where no verb expected it still has its name said, not a stack. */
function messageOf(error: NodeJS.ErrnoException & { readonly address?: string; readonly port?: number }): string {
  const reason = systemReason(error)
  if (reason === undefined) return error.message
  const port = error.port === undefined ? undefined : `port ${error.port} of ${error.address}`
  return `${error.path ?? port ?? error.syscall}: ${reason}`
}

function knownExitCode(error: unknown): ExitCode | undefined {
  if (error instanceof CliFailure) return error.exitCode
  // A value that was typed is the user's own mistake; bytes come from elsewhere.
  if (error instanceof WireRefusal) return error.offset === undefined ? EXIT.usage : EXIT.protocol
  if (error instanceof RemoteError) return EXIT.protocol
  if (error instanceof TransportError || systemReason(error) !== undefined) return EXIT.io
  return error instanceof LocalError ? EXIT.usage : undefined
}
