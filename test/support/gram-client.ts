import { createRequire } from 'node:module'
import { parseRsaPublicKey } from '../../src/crypto/rsa.js'

const require = createRequire(import.meta.url)

export type GramName = 'telegram' | 'teleproto'

type Classes = Record<string, new (args?: object) => object>

// Both packages are written in JavaScript for CommonJS, and the declarations of one do not compile: what is used of
// them is described here.
export interface GramClient {
  connect(): Promise<boolean>
  destroy(): Promise<void>
  invoke<T = unknown>(request: object): Promise<T>
  setLogLevel(level: string): void
}

export interface GramPackage {
  readonly TelegramClient: new (session: object, apiId: number, apiHash: string, params: object) => GramClient
  readonly Api: Classes & { readonly messages: Classes; readonly help: Classes; readonly auth: Classes; readonly upload: Classes }
}

interface Sessions {
  readonly StringSession: new (text: string) => { setDC(id: number, ip: string, port: number): void }
}

export interface GramTransport {
  readonly connection: string
  readonly socket: 'PromisedNetSockets' | 'PromisedWebSockets'
}
export const GRAM_FULL: GramTransport = { connection: 'ConnectionTCPFull', socket: 'PromisedNetSockets' }

export function gramPackage(name: GramName): GramPackage {
  return require(name) as GramPackage
}

export function gramBigInt(value: bigint): object {
  return (require('big-integer') as (text: string) => object)(String(value))
}

/** A client of this family with a new session, connected to a server of one's own. */
async function connect(name: GramName, server: { port: number; publicKey: string }, transport: GramTransport): Promise<GramClient> {
  const { StringSession } = require(`${name}/sessions`) as Sessions
  const { _serverKeys } = require(`${name}/crypto/RSA`) as { _serverKeys: Map<string, object> }
  const connections = require(`${name}/network/connection`) as Record<string, new (options: object) => object>
  const sockets = require(`${name}/extensions`) as Record<string, unknown>
  const { fingerprint, n, e } = parseRsaPublicKey(server.publicKey)
  _serverKeys.clear()
  _serverKeys.set(BigInt.asIntN(64, fingerprint).toString(), { n: gramBigInt(n), e: Number(e) })
  // The main connection ignores the session's port, and one above 32767 cannot even be saved.
  const connection = class extends connections[transport.connection]! {
    constructor(options: object) {
      super({ ...options, ip: '127.0.0.1', port: server.port })
    }
  }
  const session = new StringSession('')
  session.setDC(2, '127.0.0.1', 80)
  const params = { connection, networkSocket: sockets[transport.socket], connectionRetries: 2, useWSS: false }
  const client = new (gramPackage(name).TelegramClient)(session, 1, 'hash', params)
  client.setLogLevel('none')
  if (!(await client.connect())) throw new Error(`${name} gave up connecting`)
  return client
}

/** About one key exchange in 256 fails on their side, where a number begins with a zero byte: then once more. */
export function connectGram(name: GramName, server: { port: number; publicKey: string }, transport: GramTransport = GRAM_FULL): Promise<GramClient> {
  return connect(name, server, transport).catch(() => connect(name, server, transport))
}
