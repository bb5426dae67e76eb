#!/usr/bin/env node
import { buffer } from 'node:stream/consumers'
import type { CliIo } from './io.js'
import { runCli } from './run.js'

const interrupt = new AbortController()
process.once('SIGINT', () => interrupt.abort())
process.once('SIGTERM', () => interrupt.abort())

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const io: CliIo = {
  cwd: process.cwd(),
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  stdin: () => buffer(process.stdin),
  interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
  color: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
  signal: interrupt.signal,
}

process.exitCode = await runCli(process.argv.slice(2), io)
