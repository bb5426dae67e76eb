import * as Api from '../../../generated/api/index.js'
import { inputChannelOf } from '../../entities/convert.js'
import type { TelegramClient } from '../telegram-client.js'
import { entitiesOf } from './entities-of.js'
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
  const channel = peer && inputChannelOf(peer)
  const chatId = peer === undefined ? undefined : await client.getPeerId(peer)
  for (let start = 0; start < ids.length; start += PAGE) {
    const id = ids
      .slice(start, start + PAGE)
      .map((each) => (typeof each === 'number' ? new Api.InputMessageID({ id: each }) : each))
    const answer = await client.invoke(
      channel === undefined ? new Api.messages.GetMessages({ id }) : new Api.channels.GetMessages({ channel, id }),
    )
    if (answer.className === 'messages.MessagesNotModified') {
      for (const _ of id) yield undefined
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
