/** A bot with buttons, and a person who presses one: both are clients of a server in this program. */
import { Api, TelegramClient } from 'rawgram'
import { NewMessage, type NewMessageEvent } from 'rawgram/events'
import { CallbackQuery, type CallbackQueryEvent } from 'rawgram/events/CallbackQuery'
import { EditedMessage, type EditedMessageEvent } from 'rawgram/events/EditedMessage'
import { startServer } from 'rawgram/server'
import { StringSession } from 'rawgram/sessions'
import { Button } from 'rawgram/tl/custom/button'

const server = await startServer({ port: 0 })

async function connect(username: string, bot: boolean): Promise<TelegramClient> {
  const client = new TelegramClient(new StringSession(server.login({ username, bot })), 1, 'api hash', {})
  await client.connect()
  return client
}

const bot = await connect('choosing_bot', true)
bot.addEventHandler(async (event: NewMessageEvent) => {
  const buttons = ['tea', 'coffee'].map((name) => Button.inline(name))
  await event.message.reply({ message: 'What would you like?', buttons })
}, new NewMessage({ pattern: /^\/start/ }))
bot.addEventHandler(async (event: CallbackQueryEvent) => {
  await event.answer({ message: 'Coming' })
  await event.edit({ text: `One ${event.patternMatch?.[0]}` })
}, new CallbackQuery({ pattern: /^(?:tea|coffee)$/ }))
await bot.catchUp()

const person = await connect('username', false)
const edited = new Promise<string>((resolve) => {
  person.addEventHandler((event: EditedMessageEvent) => resolve(event.text), new EditedMessage())
})
person.addEventHandler(async ({ message }: NewMessageEvent) => {
  const press = { peer: 'choosing_bot', msgId: message.id, data: new TextEncoder().encode('tea') }
  const { message: answer } = await person.invoke(new Api.messages.GetBotCallbackAnswer(press))
  console.log(`${message.text} ${answer}: ${await edited}`)
  await Promise.all([person.destroy(), bot.destroy()])
  await server.close()
}, new NewMessage({ incoming: true }))
await person.catchUp()
await person.invoke(new Api.messages.SendMessage({ peer: 'choosing_bot', message: '/start' }))
