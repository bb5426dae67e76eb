import { Command } from 'commander'
import type { ExitCode } from './exit-code.js'
import type { CliIo } from './io.js'
import { packageVersion } from './package-files.js'
import type { VerbFactory } from './verb.js'
import { breakingVerb } from './verbs/breaking.js'
import { decodeVerb } from './verbs/decode.js'
import { diffVerb } from './verbs/diff.js'
import { docsVerb } from './verbs/docs.js'
import { encodeVerb } from './verbs/encode.js'
import { findVerb } from './verbs/find.js'
import { genVerb } from './verbs/gen.js'
import { initVerb } from './verbs/init.js'
import { pullVerb } from './verbs/pull.js'
import { serveVerb } from './verbs/serve.js'
import { verifyVerb } from './verbs/verify.js'

/** In the order of the help page: a project's life. */
const VERBS: readonly VerbFactory[] = [
  initVerb,
  pullVerb,
  genVerb,
  verifyVerb,
  diffVerb,
  breakingVerb,
  encodeVerb,
  decodeVerb,
  findVerb,
  docsVerb,
  serveVerb,
]

const EXIT_CODES = `
Exit codes: 0 done, 1 something was found, 2 wrong usage, 3 a file or address failed, 4 the protocol was broken.`

/** The whole command line. Verbs say through `setExitCode` that they found something. */
export function createProgram(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  const program = new Command('rawgram')
    .description("Compiles Telegram's TL schema, checks it, and shows what travels on the wire.")
    .version(packageVersion())
    .addHelpText('after', EXIT_CODES)
  for (const factory of VERBS) program.addCommand(factory(io, setExitCode))
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      getOutHasColors: () => io.color,
      getErrHasColors: () => io.color,
    })
  }
  return program
}
