import { startServer, type TelegramServer } from '../server/start-server.js'

export interface ServeOptions {
  readonly host?: string
  /** 0 or left out: a free port. */
  readonly port?: number
  /** Print one line of JSON instead of lines for people. */
  readonly json?: boolean
  /** Report what clients do against the protocol. */
  readonly strict?: boolean
}

/** Where the command writes, and what ends it: the process, or a test. */
export interface ServeHost {
  print(line: string): void
  /** Resolves when the command shall end, as Ctrl-C does. */
  untilInterrupted(): Promise<void>
}

/** What a client needs to connect. */
export interface ServeFacts {
  readonly host: string
  readonly port: number
  readonly wsUrl: string
  readonly publicKey: string
  readonly session: string
}

/**
 * `rawgram serve`: starts the embedded server, prints what a client needs, and runs until it is interrupted.
 * @throws {TransportError} `connect`, when the port cannot be had.
 */
export async function serve(options: ServeOptions, host: ServeHost): Promise<void> {
  const { json = false, strict = false } = options
  const server = await startServer({
    port: options.port ?? 0,
    ...(options.host === undefined ? {} : { host: options.host }),
    strict,
    onViolation: ({ code, what }) => host.print(json ? JSON.stringify({ violation: code, what }) : `violation ${code}: ${what}`),
  })
  try {
    const facts = factsOf(server)
    for (const line of json ? [JSON.stringify(facts)] : lines(facts)) host.print(line)
    await host.untilInterrupted()
  } finally {
    await server.close()
  }
}

function factsOf(server: TelegramServer): ServeFacts {
  const { host, port, wsUrl, publicKey } = server
  return { host, port, wsUrl, publicKey, session: server.login({ username: 'username' }) }
}

function lines({ host, port, wsUrl, publicKey, session }: ServeFacts): string[] {
  return [
    `host       ${host}`,
    `port       ${port}`,
    `wsUrl      ${wsUrl}`,
    `session    ${session}`,
    'publicKey',
    publicKey.trimEnd(),
    '',
    'The session is logged in as @username. Ctrl-C ends the server.',
  ]
}

/** Waits for Ctrl-C or a polite request to end. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
