import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { CliIo } from '../../../src/cli/io.js'
import { runCli } from '../../../src/cli/run.js'

export interface CliRun {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A folder with the given files, which goes away with the test. */
export class Workspace {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'rawgram-cli-'))

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [name, content] of Object.entries(files)) this.write(name, content)
  }

  write(name: string, content: string): void {
    const path = join(this.folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }

  async run(args: readonly string[], io: Partial<CliIo> & { readonly input?: Uint8Array } = {}): Promise<CliRun> {
    let out = ''
    let err = ''
    const code = await runCli(args, {
      cwd: this.folder,
      stdout: (text) => {
        out += text
      },
      stderr: (text) => {
        err += text
      },
      stdin: () => Promise.resolve(io.input ?? new Uint8Array()),
      interactive: false,
      color: false,
      signal: new AbortController().signal,
      ...io,
    })
    return { code, out, err }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
