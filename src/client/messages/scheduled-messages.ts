import * as Api from '../../../generated/api/index.js'
import type { TelegramClient } from '../telegram-client.js'
import { entitiesOf } from './entities-of.js'
import { companionOf } from './message-getter.js'
import { withShortcuts, type EventMessage } from './shortcuts.js'

/** What this account is going to say in a chat, what is due last first. The server tells of all of it at once. */
export async function scheduledMessages(client: TelegramClient, entity: Api.TypeEntityLike): Promise<EventMessage[]> {
  const peer = await client.getInputEntity(entity)
  const answer = await client.invoke(new Api.messages.GetScheduledHistory({ peer, hash: 0 }))
  if (answer.className === 'messages.MessagesNotModified') return []
  const entities = entitiesOf(answer)
  const messages = answer.messages.filter((each) => each instanceof Api.Message)
  for (const message of messages) companionOf(message).isScheduled = true
  return messages.map((message) => withShortcuts(message, client, entities))
}
