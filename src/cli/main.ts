#!/usr/bin/env node
import { buffer } from 'node:stream/consumers'
import { keepCompiled } from '../../codegen/keep-compiled.js'
import { endWithReader } from './closed-pipe.js'
import type { CliIo } from './io.js'

keepCompiled()
const { runCli } = await import('./run.js')

/** Made when a verb first waits for it: until then an interrupt ends the process, as it does everywhere else. */
let interrupt: AbortController | undefined
function interruptSignal(): AbortSignal {
  if (interrupt === undefined) {
    const controller = new AbortController()
    interrupt = controller
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort())
  }
  return interrupt.signal
}

endWithReader()

const io: CliIo = {
  cwd: process.cwd(),
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  stdin: () => buffer(process.stdin),
  interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
  color: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
  get signal(): AbortSignal {
    return interruptSignal()
  },
}

process.exitCode = await runCli(process.argv.slice(2), io)
