import type * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import type { TelegramClient } from '../telegram-client.js'
import type { SendFileInterface } from './send-file.js'
import type { EventMessage } from './shortcuts.js'

/** A page loads what sends files where it imports it: what files there are takes some room. */
export async function sendFile(
  _client: TelegramClient,
  _entity: Api.TypeEntityLike,
  _params: SendFileInterface,
): Promise<EventMessage> {
  throw new LocalError(
    'argument',
    "in a browser, sendFile() is a function of its own: import { sendFile } from 'rawgram/client/uploads' and call sendFile(client, entity, { file })",
  )
}
