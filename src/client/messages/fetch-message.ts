import * as Api from '../../../generated/api/index.js'
import { inputChannelOf } from '../../entities/convert.js'
import type { TelegramClient } from '../telegram-client.js'

/** One message, fresh from the server; `undefined` where it is gone. Its chat matters for channels alone. */
export async function fetchMessage(
  client: TelegramClient,
  peer: Api.TypeInputPeer | undefined,
  message: number | Api.TypeInputMessage,
): Promise<Api.Message | undefined> {
  const channel = peer && inputChannelOf(peer)
  const id = [typeof message === 'number' ? new Api.InputMessageID({ id: message }) : message]
  const answer = await client.invoke(
    channel === undefined ? new Api.messages.GetMessages({ id }) : new Api.channels.GetMessages({ channel, id }),
  )
  const found = answer.className === 'messages.MessagesNotModified' ? undefined : answer.messages[0]
  return found instanceof Api.Message ? found : undefined
}
