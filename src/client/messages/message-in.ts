import * as Api from '../../../generated/api/index.js'
import { entitiesOf } from './entities-of.js'
import { companionOf } from './message-getter.js'

/** The message that a request brought about, which knows its chat and its sender: by the `random_id` of what was sent, or the id of what was changed. */
export function messageIn(updates: Api.TypeUpdates, made: Api.long | number): Api.Message | undefined {
  if (updates.className !== 'Updates' && updates.className !== 'UpdatesCombined') return undefined
  const id = typeof made === 'number' ? made : idOf(updates.updates, made)
  for (const update of updates.updates) {
    const { message } = update as Api.TypeUpdate & { message?: unknown }
    if (!(message instanceof Api.Message) || message.id !== id) continue
    const companion = companionOf(message)
    companion.getter._know(entitiesOf(updates))
    companion.isScheduled = update.className === 'UpdateNewScheduledMessage'
    return message
  }
  return undefined
}

function idOf(updates: readonly Api.TypeUpdate[], randomId: Api.long): number | undefined {
  for (const update of updates) {
    if (update.className === 'UpdateMessageID' && String(update.randomId) === String(randomId)) return update.id
  }
  return undefined
}
