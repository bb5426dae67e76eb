import type * as Api from '../../../generated/api/index.js'
import type { TelegramClient } from '../telegram-client.js'
import { entitiesOf } from './entities-of.js'
import { askForMessages } from './fetch-message.js'
import { PAGE } from './message-pages.js'
import { withShortcuts, type EventMessage } from './shortcuts.js'

export type MessageIds = number | Api.TypeInputMessage | readonly (number | Api.TypeInputMessage)[]

/**
 * Messages by their ids, one place for each: `undefined` where it is gone, or is in another chat.
 * @param entity the chat; it may be left out for private chats and basic groups.
 */
export async function* messagesById(
  client: TelegramClient,
  entity: Api.TypeEntityLike | undefined,
  ids: readonly (number | Api.TypeInputMessage)[],
): AsyncGenerator<EventMessage | undefined, void, undefined> {
  const peer = entity === undefined ? undefined : await client.getInputEntity(entity)
  const chatId = peer === undefined ? undefined : await client.getPeerId(peer)
  for (let start = 0; start < ids.length; start += PAGE) {
    const page = ids.slice(start, start + PAGE)
    const answer = await askForMessages(client, peer, page)
    if (answer.className === 'messages.MessagesNotModified') {
      for (const _ of page) yield undefined
      continue
    }
    const entities = entitiesOf(answer)
    for (const message of answer.messages) {
      const isThere = message.className !== 'MessageEmpty'
      const found = isThere ? withShortcuts(message, client, entities) : undefined
      yield chatId === undefined || String(found?.chatId) === chatId ? found : undefined
    }
  }
}
