import { afterAll, beforeAll, expect, it } from 'vitest'
import { GRAM_FULL, connectGram, gramPackage, type GramName, type GramTransport } from '../support/gram-client.js'
import { ASKED, LINK, interopServer, type InteropServer } from './interop-server.js'

interface Answer {
  readonly count: number
  readonly invites: readonly { readonly link: string; readonly title: string }[]
  readonly users: readonly { readonly className: string; readonly username: string | null }[]
}

const TRANSPORTS: readonly (readonly [string, GramTransport])[] = [
  ['full', GRAM_FULL],
  ['abridged', { connection: 'ConnectionTCPAbridged', socket: 'PromisedNetSockets' }],
  ['obfuscated', { connection: 'ConnectionTCPObfuscated', socket: 'PromisedNetSockets' }],
  ['WebSocket', { connection: 'ConnectionTCPObfuscated', socket: 'PromisedWebSockets' }],
]

/** Shows that a client of this family exchanges keys and gets its answer, over each transport that it has. */
export function testsOf(name: GramName, layer: number): void {
  let interop: InteropServer
  beforeAll(async () => {
    interop = await interopServer()
  })
  afterAll(() => interop.server.close())

  it.each(TRANSPORTS)('%s: exchanges keys and gets the answer', async (_what, transport) => {
    const client = await connectGram(name, interop.server, transport)
    try {
      const { Api } = gramPackage(name)
      const request = new Api.messages['GetExportedChatInvites']!({
        ...ASKED,
        peer: new Api['InputPeerSelf']!(),
        adminId: new Api['InputUserSelf']!(),
      })
      const answer = await client.invoke<Answer>(request)
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
