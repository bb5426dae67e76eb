/** Everything outside that a command touches; tests give their own. */
export interface CliIo {
  /** Absolute; paths on the command line are relative to it. */
  readonly cwd: string
  /** Text is written as it is, without a line break added. */
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** All of standard input. */
  readonly stdin: () => Promise<Uint8Array>
  /** A person sits in front of it: only then are questions asked. */
  readonly interactive: boolean
  readonly color: boolean
  /** Aborted when the user interrupts a command that runs until then; a verb that has asked for it ends by itself. */
  readonly signal: AbortSignal
}
