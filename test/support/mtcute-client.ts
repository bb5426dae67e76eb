import { MemoryStorage, type TelegramTransport } from '@mtcute/core'
import { addPublicKey } from '@mtcute/core/utils.js'
import { BaseTelegramClient, TcpTransport } from '@mtcute/node'
import { NodeCryptoProvider } from '@mtcute/node/utils.js'

export interface MtcuteOptions {
  readonly transport?: TelegramTransport
  readonly usePfs?: boolean
}

/** mtcute with a new session, for a server of one's own; its first call connects. */
export async function mtcuteClient(
  { port, publicKey }: { port: number; publicKey: string },
  { transport = new TcpTransport(), usePfs = false }: MtcuteOptions = {},
): Promise<BaseTelegramClient> {
  const crypto = new NodeCryptoProvider()
  await crypto.initialize()
  addPublicKey(crypto, publicKey)
  return new BaseTelegramClient({
    apiId: 1,
    apiHash: 'hash',
    transport,
    crypto,
    storage: new MemoryStorage(),
    defaultDcs: {
      main: { id: 2, ipAddress: '127.0.0.1', port },
      media: { id: 2, ipAddress: '127.0.0.1', port, mediaOnly: true },
    },
    disableUpdates: true,
    updates: false,
    network: { usePfs },
    logLevel: 0,
  })
}
