import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ASKED, LINK, interopServer, type InteropServer } from './interop-server.js'

const require = createRequire(import.meta.url)

// Both packages are written in JavaScript for CommonJS, and the declarations of one do not compile: what is used of
// them is described here.
interface Peer {
  TelegramClient: new (session: object, apiId: number, apiHash: string, params: object) => PeerClient
  Api: Record<string, new (args?: object) => object> & { messages: Record<string, new (args: object) => object> }
}
interface PeerClient {
  connect(): Promise<boolean>
  destroy(): Promise<void>
  invoke(request: object): Promise<PeerAnswer>
  setLogLevel(level: string): void
}
interface PeerAnswer {
  readonly count: number
  readonly invites: readonly { readonly link: string; readonly title: string }[]
  readonly users: readonly { readonly className: string; readonly username: string | null }[]
}
interface PeerSessions {
  readonly StringSession: new (text: string) => { setDC(id: number, ip: string, port: number): void }
}
type Connection = new (options: object) => object

/** Shows that a client of this family exchanges keys and gets its answer, over each transport that it has. */
export function testsOf(name: string, layer: number): void {
  const peer = require(name) as Peer
  const { StringSession } = require(`${name}/sessions`) as PeerSessions
  const { _serverKeys } = require(`${name}/crypto/RSA`) as { _serverKeys: Map<string, object> }
  const connections = require(`${name}/network/connection`) as Record<string, Connection>
  const { PromisedNetSockets, PromisedWebSockets } = require(`${name}/extensions`) as Record<string, unknown>
  const bigInt = require('big-integer') as (text: string) => object

  let interop: InteropServer
  beforeAll(async () => {
    interop = await interopServer()
    const { fingerprint, n, e } = interop.key
    _serverKeys.clear()
    _serverKeys.set(BigInt.asIntN(64, fingerprint).toString(), { n: bigInt(n.toString()), e: Number(e) })
  })
  afterAll(() => interop.server.close())

  const connect = async (transport: string, networkSocket: unknown): Promise<PeerClient> => {
    const { port } = interop.server
    // The main connection ignores the session's port, and one above 32767 cannot even be saved.
    const Base = connections[transport]!
    const connection = class extends Base {
      constructor(options: object) {
        super({ ...options, ip: '127.0.0.1', port })
      }
    }
    const session = new StringSession('')
    session.setDC(2, '127.0.0.1', 80)
    const params = { connection, networkSocket, connectionRetries: 2, useWSS: false }
    const client = new peer.TelegramClient(session, 1, 'hash', params)
    client.setLogLevel('none')
    if (!(await client.connect())) throw new Error(`${name} gave up connecting`)
    return client
  }

  /** About one key exchange in 256 fails on their side, where a number begins with a zero byte: then once more. */
  const connectTwice = (transport: string, networkSocket: unknown): Promise<PeerClient> =>
    connect(transport, networkSocket).catch(() => connect(transport, networkSocket))

  it.each([
    ['full', 'ConnectionTCPFull', PromisedNetSockets],
    ['abridged', 'ConnectionTCPAbridged', PromisedNetSockets],
    ['obfuscated', 'ConnectionTCPObfuscated', PromisedNetSockets],
    ['WebSocket', 'ConnectionTCPObfuscated', PromisedWebSockets],
  ])('%s: exchanges keys and gets the answer', async (_what, transport, networkSocket) => {
    const client = await connectTwice(transport, networkSocket)
    try {
      const { Api } = peer
      const request = new Api.messages['GetExportedChatInvites']!({
        ...ASKED,
        peer: new Api['InputPeerSelf']!(),
        adminId: new Api['InputUserSelf']!(),
      })
      const answer = await client.invoke(request)
      expect(answer.count).toBe(1)
      expect(answer.invites[0]).toMatchObject({ link: LINK, title: 'Żółć' })
      expect(answer.users[0]).toMatchObject({ className: 'User', username: 'admin' })
      const last = interop.asked.at(-1)!
      expect(last.layer).toBe(layer)
      expect(last.request).toMatchObject(ASKED)
    } finally {
      await client.destroy()
    }
  })
}
