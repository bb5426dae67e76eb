import { CommanderError } from 'commander'
import { LocalError, RemoteError, TransportError } from '../errors/errors.js'
import { WireRefusal } from '../../codegen/wire/value.js'
import { CliFailure, EXIT } from './exit-code.js'
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
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    const known = knownExitCode(error)
    if (known === undefined) throw error
    io.stderr(`error: ${(error as Error).message}\n`)
    return known
  }
}

function knownExitCode(error: unknown): ExitCode | undefined {
  if (error instanceof CliFailure) return error.exitCode
  // A value that was typed is the user's own mistake; bytes come from elsewhere.
  if (error instanceof WireRefusal) return error.offset === undefined ? EXIT.usage : EXIT.protocol
  if (error instanceof RemoteError) return EXIT.protocol
  if (error instanceof TransportError) return EXIT.io
  return error instanceof LocalError ? EXIT.usage : undefined
}
