import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
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

/** A web server on this machine, which goes away with the test. */
export class WebServer {
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(answer: RequestListener): Promise<WebServer> {
    const server = createServer(answer)
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    return new WebServer(server)
  }

  /** Texts by path; everything else is not there. */
  static serving(texts: Readonly<Record<string, string>>): Promise<WebServer> {
    return WebServer.start(({ url = '' }, response) => {
      const text = texts[url]
      if (text === undefined) response.writeHead(404).end()
      else response.end(text)
    })
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((closed) => this.#server.close(closed))
  }
}
