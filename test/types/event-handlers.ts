/** What the compiler must allow of event handlers, and what not. Nothing here runs: `tsc` is the test. */
import { Api, type TelegramClient } from '../../src/entry/index.js'
import { NewMessage, Raw, type NewMessageEvent } from '../../src/entry/events/index.js'

export function listen(client: TelegramClient): void {
  // Existing code names the updates that it expects.
  client.addEventHandler((update: Api.TypeUpdate) => update.className)
  client.addEventHandler((update: Api.TypeUpdate) => update.className, new Raw({}))
  client.addEventHandler((update: Api.UpdateNewMessage) => update.pts, new Raw({ types: [Api.UpdateNewMessage] }))
  client.addEventHandler(async (event: NewMessageEvent) => event.message.message, new NewMessage({}))
  // Without a name they are what the event makes.
  client.addEventHandler((event) => event.message.message, new NewMessage({}))
  // @ts-expect-error the connection's state has no class name
  client.addEventHandler((update) => update.className)
  // @ts-expect-error a string is no event
  client.addEventHandler((event: string) => event, new NewMessage({}))
  // @ts-expect-error a string is no update
  client.addEventHandler((update: string) => update)
}
