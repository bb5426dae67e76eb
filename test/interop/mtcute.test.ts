import {
  IntermediatePacketCodec,
  ObfuscatedPacketCodec,
  PaddedIntermediatePacketCodec,
  type TelegramTransport,
} from '@mtcute/core'
import { MtProxyTcpTransport, TcpTransport } from '@mtcute/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mtcuteClient } from '../support/mtcute-client.js'
import { ASKED, LINK, interopServer, type InteropServer } from './interop-server.js'

/** Their TCP connection with another of their codecs on it. */
function tcpWith(codec: () => ReturnType<TelegramTransport['packetCodec']>): TelegramTransport {
  const tcp = new TcpTransport()
  return { connect: (dc) => tcp.connect(dc), packetCodec: codec }
}

const padded = (): PaddedIntermediatePacketCodec => new PaddedIntermediatePacketCodec()

const proxied = (which: number) => ({ server }: InteropServer): TelegramTransport => {
  const { host, port, secret } = server.proxies[which]!
  return new MtProxyTcpTransport({ host, port, secret: Buffer.from(secret, 'hex') })
}

const TRANSPORTS: readonly (readonly [string, (interop: InteropServer) => TelegramTransport])[] = [
  ['intermediate', () => new TcpTransport()],
  ['padded intermediate', () => tcpWith(padded)],
  ['obfuscated intermediate', () => tcpWith(() => new ObfuscatedPacketCodec(new IntermediatePacketCodec()))],
  ['obfuscated padded intermediate', () => tcpWith(() => new ObfuscatedPacketCodec(padded()))],
  ['MTProxy with a plain secret', proxied(0)],
  ['MTProxy with a dd secret', proxied(1)],
  ['MTProxy with an ee secret', proxied(2)],
]

describe('mtcute (@mtcute/node 0.30.3, layer 227) against the embedded server', () => {
  let interop: InteropServer
  beforeAll(async () => {
    interop = await interopServer()
  })
  afterAll(() => interop.server.close())

  const ask = async (transport: TelegramTransport, usePfs: boolean): Promise<void> => {
    const client = await mtcuteClient(interop.server, { transport, usePfs })
    try {
      const { offsetDate, offsetLink, limit, revoked } = ASKED
      const answer = await client.call({
        _: 'messages.getExportedChatInvites',
        peer: { _: 'inputPeerSelf' },
        adminId: { _: 'inputUserSelf' },
        limit,
        revoked,
        offsetDate,
        offsetLink,
      })
      expect(answer.count).toBe(1)
      expect(answer.invites[0]).toMatchObject({ _: 'chatInviteExported', link: LINK, title: 'Żółć' })
      expect(answer.users[0]).toMatchObject({ _: 'user', username: 'admin' })
      const last = interop.asked.at(-1)!
      expect(last.layer).toBe(227)
      expect(last.request).toMatchObject(ASKED)
    } finally {
      await client.destroy()
    }
  }

  it.each(TRANSPORTS)('%s: exchanges keys and gets the answer', async (_name, transport) => {
    await ask(transport(interop), false)
  })

  it('binds a temporary key (intermediate)', async () => {
    await ask(new TcpTransport(), true)
    const keys = [...interop.server.centre().keys.values()]
    expect(keys.some((key) => key.boundTo !== undefined)).toBe(true)
  })
})
