/** Run by exit.test.ts: connects to the server in `argv`, calls, disconnects, and has to end by itself. */
import { Api, TelegramClient } from '../../../src/entry/index.js'
import { StringSession } from '../../../src/entry/sessions.js'

const [session = '', how = 'after an answer'] = process.argv.slice(2)
const client = new TelegramClient(new StringSession(session), 1, 'hash', {})
client.addEventHandler(() => {})
await client.connect()
if (how === 'after an answer') {
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
  console.log(result.count)
} else {
  const calls = Array.from({ length: 10 }, () => client.getMe().catch((error: { failure?: string }) => error.failure))
  setTimeout(() => void client.disconnect(), 1)
  console.log(new Set((await Promise.all(calls)).map((answer) => typeof answer)).size)
}
await client.disconnect()
