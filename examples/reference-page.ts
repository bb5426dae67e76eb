/** The call of the reference page, against a server in this process: no account, no network. */
import { Api, TelegramClient } from 'rawgram'
import { startServer } from 'rawgram/server'
import { StringSession } from 'rawgram/sessions'

const server = await startServer({ port: 0 })
const session = new StringSession(server.login({ username: 'username' }))
const client = new TelegramClient(session, 1, 'api hash', {})
await client.connect()

const result = await client.invoke(
  new Api.messages.GetExportedChatInvites({
    peer: 'username',
    adminId: 'username',
    limit: 100,
    revoked: true,
    offsetDate: 43,
    offsetLink: 'some string here',
  }),
)
for (const invite of result.invites) {
  if (invite instanceof Api.ChatInviteExported) console.log(invite.link, invite.date)
}

await client.disconnect()
await server.close()
