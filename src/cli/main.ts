#!/usr/bin/env node
import * as nodeModule from 'node:module'
import { buffer } from 'node:stream/consumers'
import { endWithReader } from './closed-pipe.js'
import type { CliIo } from './io.js'

// Node 22.8 and later keep what they have compiled, in the folder for temporary files. It has to be said before ts-morph
// is loaded, whose compilation is a tenth of the time of a whole `rawgram gen`.
;(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.()
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
