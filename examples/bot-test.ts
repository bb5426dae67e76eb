/** A bot and its test in one program: the server answers as the test wants, and pushes what a user would send. */
import { Api, isRpcError, TelegramClient } from 'rawgram'
import { startServer } from 'rawgram/server'
import { StringSession } from 'rawgram/sessions'

const server = await startServer({ port: 0 })
server.handle(Api.help.GetAppConfig, () => new Api.help.AppConfigNotModified())

const bot = new TelegramClient(new StringSession(server.login({ username: 'username' })), 1, 'api hash', {})
await bot.connect()
console.log('config:', (await bot.invoke(new Api.help.GetAppConfig({ hash: 0 }))).className)

try {
  await bot.invoke(new Api.messages.GetExportedChatInvites({ peer: 'a_group', adminId: 'friend_of_username', limit: 10 }))
} catch (error) {
  if (!isRpcError(error, Api.messages.GetExportedChatInvites)) throw error
  console.log('refused:', error.type) // one of the errors that this method is known to raise
}

await bot.disconnect()
await server.close()
