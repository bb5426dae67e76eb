import type * as Api from '../../../generated/api/index.js'
import { RemoteError } from '../../errors/errors.js'
import type { TelegramClient } from '../telegram-client.js'
import { withShortcuts, type EventMessage } from './shortcuts.js'

/**
 * What a request has made of a message, which the server has to show.
 * @throws {RemoteError} `service`, where it does not; the request was carried out all the same.
 */
export function shownMessage(client: TelegramClient, message: Api.Message | undefined, what: 'sent' | 'changed'): EventMessage {
  if (message !== undefined) return withShortcuts(message, client)
  throw new RemoteError('service', `the message was ${what}, but the server does not show it: do not repeat the call`)
}
