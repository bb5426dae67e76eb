import { Command } from 'commander'
import type { ExitCode } from './exit-code.js'
import type { CliIo } from './io.js'
import { Report } from './report.js'
import type { OutputOptions } from './report.js'

/** What a verb works with. */
export interface VerbContext {
  readonly io: CliIo
  readonly report: Report
}

/** Adds a verb to the program; each verb is one file that exports one of these. */
export type VerbFactory = (io: CliIo, setExitCode: (code: ExitCode) => void) => Command

/** A verb with the options that every verb has. */
export const verb = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .option('--json', 'print one JSON document instead of text')
    .option('--quiet', 'print nothing but the result')

export const contextOf = (io: CliIo, options: OutputOptions): VerbContext => ({ io, report: new Report(io, options) })
