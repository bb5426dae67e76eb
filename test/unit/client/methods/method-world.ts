import { TelegramClient } from '../../../../src/client/telegram-client.js'
import { startServer, type TelegramServer } from '../../../../src/server/start-server.js'
import type { WorldChannel, WorldChat } from '../../../../src/server/world/peers.js'
import { StringSession } from '../../../../src/session/string-session.js'

export interface MethodWorld extends AsyncDisposable {
  readonly server: TelegramServer
  /** Logged in as @username. */
  readonly client: TelegramClient
  /** The other members of both groups. */
  readonly friend: TelegramClient
  readonly group: WorldChannel
  readonly basicGroup: WorldChat
  /** Lets the friend write to @username. */
  readonly write: (...texts: string[]) => void
}

/** A server with the world that it begins with, and two of its accounts. */
export async function methodWorld(): Promise<MethodWorld> {
  const server = await startServer()
  const connect = async (username: string): Promise<TelegramClient> => {
    const session = new StringSession(server.login({ username }))
    const client = new TelegramClient(session, 1, 'hash', { serverKeys: [server.publicKey] })
    await client.connect()
    return client
  }
  const [client, friend] = [await connect('username'), await connect('friend_of_username')]
  return {
    server,
    client,
    friend,
    group: server.world.byUsername('a_group') as WorldChannel,
    basicGroup: [...server.world.chats.values()][0]!,
    write: (...texts) => texts.forEach((text) => server.message('friend_of_username', 'username', text)),
    async [Symbol.asyncDispose]() {
      await Promise.all([client.disconnect(), friend.disconnect()])
      await server.close()
    },
  }
}
