import type { Command } from 'commander'
import { EXIT, usage } from '../exit-code.js'
import type { ExitCode } from '../exit-code.js'
import { interrupted } from '../interrupted.js'
import type { CliIo } from '../io.js'
import { parsePort } from '../parse-port.js'
import type { OutputOptions } from '../report.js'
import { verb } from '../verb.js'

interface Options extends OutputOptions {
  readonly host?: string
  readonly port?: number
  readonly strict?: boolean
}

export function serveVerb(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  return verb('serve', 'run the embedded server until interrupted')
    .option('--port <number>', 'port to listen on (default: a free one)', parsePort)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--strict', 'report what clients do against the protocol')
    .action(async ({ host, port, strict, json }: Options) => {
      if (host === '') throw usage('--host names no address; left out, it is 127.0.0.1')
      // The server brings the whole API with it, which the other verbs do without.
      const { serve } = await import('../serve.js')
      const place = { ...(host !== undefined && { host }), ...(port !== undefined && { port }) }
      const output = { print: (line: string) => io.stdout(`${line}\n`), untilInterrupted: () => interrupted(io.signal) }
      await serve({ ...place, strict: strict === true, json: json === true }, output)
      setExitCode(EXIT.ok)
    })
}
