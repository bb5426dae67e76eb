import * as Api from '../../../generated/api/index.js'
import { getMessageId } from '../compat/utils.js'
import type { TelegramClient } from '../telegram-client.js'
import { serviceMessageIn } from './service-message-in.js'
import type { EventMessage } from './shortcuts.js'

export interface PinMessageParams {
  /** Tells the members. */
  readonly notify?: boolean | undefined
  /** In a private chat, for this account alone. */
  readonly pmOneSide?: boolean | undefined
}

/** @returns the message of the service that says so, where there is one. */
export async function pinMessage(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  message: Api.TypeMessage | number,
  { notify = false, pmOneSide = false }: PinMessageParams = {},
): Promise<EventMessage | undefined> {
  const id = getMessageId(message) ?? 0
  const peer = await client.getInputEntity(entity)
  const request = new Api.messages.UpdatePinnedMessage({ peer, id, silent: !notify, pmOneside: pmOneSide })
  return serviceMessageIn(await client.invoke(request), client)
}

/** Takes one message down, or all where none is named. */
export async function unpinMessage(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  message?: Api.TypeMessage | number,
  { notify = false, pmOneSide = false }: PinMessageParams = {},
): Promise<void> {
  const id = getMessageId(message)
  const peer = await client.getInputEntity(entity)
  if (id === undefined) await client.invoke(new Api.messages.UnpinAllMessages({ peer }))
  else await client.invoke(new Api.messages.UpdatePinnedMessage({ peer, id, unpin: true, silent: !notify, pmOneside: pmOneSide }))
}
