import * as Api from '../../../../generated/api/index.js'
import type { TelegramClientParams } from '../../../../src/client/settings.js'
import { TelegramClient } from '../../../../src/client/telegram-client.js'
import type { UserSeed, WorldChannel, WorldChat } from '../../../../src/server/world/peers.js'
import { startServer, type TelegramServer } from '../../../../src/server/start-server.js'
import { StringSession } from '../../../../src/session/string-session.js'

/** A server with a bot and a person, a group and a channel that both are in, and a client for whoever is asked for. */
export interface EventWorld extends AsyncDisposable {
  readonly server: TelegramServer
  readonly group: WorldChat
  readonly supergroup: WorldChannel
  readonly channel: WorldChannel
  client(user: UserSeed, params?: TelegramClientParams): Promise<TelegramClient>
}

const PERSON: UserSeed = { username: 'username' }
const BOT: UserSeed = { username: 'echo_bot', bot: true }
export const PEOPLE: { readonly person: UserSeed; readonly bot: UserSeed } = { person: PERSON, bot: BOT }

export async function eventWorld(): Promise<EventWorld> {
  const server = await startServer({ port: 0, strict: true })
  const [person, bot] = [PERSON, BOT].map((seed) => {
    server.login(seed)
    return server.user(seed.username!)
  })
  const [members, admins] = [[person!.id, bot!.id], [bot!.id]]
  const clients: TelegramClient[] = []
  return {
    server,
    group: server.world.addChat({ title: 'group', members }),
    supergroup: server.world.addChannel({ title: 'supergroup', username: 'super_group', megagroup: true, members, admins }),
    channel: server.world.addChannel({ title: 'channel', username: 'the_channel', members, admins }),
    async client(user, params = {}) {
      const session = new StringSession(server.login(user))
      const client = new TelegramClient(session, 1, 'hash', { serverKeys: [server.publicKey], ...params })
      clients.push(client)
      await client.connect()
      // From here on, what happens is pushed.
      client.addEventHandler(() => {})
      await client.catchUp()
      return client
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.destroy()))
      await server.close()
    },
  }
}

let lastRandomId = 0

/** Sends a text as existing code without shortcuts does. @returns the message's id, as its sender counts */
export async function say(client: TelegramClient, peer: Api.TypeEntityLike, message: string): Promise<number> {
  const updates = await client.invoke(new Api.messages.SendMessage({ peer, message, randomId: ++lastRandomId }))
  return ((updates as Api.Updates).updates[0] as Api.UpdateMessageID).id
}
