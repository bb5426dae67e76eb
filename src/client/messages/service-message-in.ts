import * as Api from '../../../generated/api/index.js'
import type { TelegramClient } from '../telegram-client.js'
import { entitiesOf } from './entities-of.js'
import { withShortcuts, type EventMessage } from './shortcuts.js'

/** The message of the service that says what a request has done, where there is one. */
export function serviceMessageIn(updates: Api.TypeUpdates, client: TelegramClient): EventMessage | undefined {
  if (updates.className !== 'Updates') return undefined
  for (const update of updates.updates) {
    const { message } = update as Api.TypeUpdate & { message?: unknown }
    if (message instanceof Api.MessageService) return withShortcuts(message, client, entitiesOf(updates))
  }
  return undefined
}
