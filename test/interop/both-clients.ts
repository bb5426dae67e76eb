import { afterAll, beforeAll } from 'vitest'
import { TelegramClient } from '../../src/entry/index.js'
import { startServer, type TelegramServer } from '../../src/server/start-server.js'
import { StringSession } from '../../src/session/string-session.js'
import { connectGram, gramPackage, type GramClient, type GramPackage } from '../support/gram-client.js'

export const BOT_ID = 123456

/** One account, a bot, seen by GramJS and by this package; and a person who talks to it. */
export interface BothClients {
  readonly server: TelegramServer
  readonly theirs: GramClient
  readonly Theirs: GramPackage['Api']
  readonly ours: TelegramClient
  readonly person: TelegramClient
}

/** Starts the server and logs all three in before the tests of the calling file. */
export function bothClients(): BothClients {
  const all: { -readonly [Name in keyof BothClients]?: BothClients[Name] } = { Theirs: gramPackage('telegram').Api }
  beforeAll(async () => {
    const server = (all.server = await startServer({ port: 0 }))
    const connect = async (session: string): Promise<TelegramClient> => {
      const client = new TelegramClient(new StringSession(session), 1, 'hash', { serverKeys: [server.publicKey] })
      await client.connect()
      return client
    }
    all.theirs = await connectGram('telegram', server)
    const botAuthToken = `${BOT_ID}:${'x'.repeat(35)}`
    await all.theirs.invoke(new all.Theirs!.auth['ImportBotAuthorization']!({ flags: 0, apiId: 1, apiHash: 'hash', botAuthToken }))
    all.ours = await connect(server.login({ id: BOT_ID }))
    all.person = await connect(server.login({ username: 'username' }))
  })
  afterAll(async () => {
    await Promise.all([all.theirs, all.ours, all.person].map((client) => client?.destroy()))
    await all.server?.close()
  })
  return all as BothClients
}
