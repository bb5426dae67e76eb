import * as Api from '../../../generated/api/index.js'
import { inputChannelOf, inputUserOf } from '../../entities/convert.js'
import { LocalError } from '../../errors/errors.js'
import { serviceMessageIn } from '../messages/service-message-in.js'
import type { EventMessage } from '../messages/shortcuts.js'
import type { TelegramClient } from '../telegram-client.js'

/**
 * Takes somebody out of a group or channel, and lets them join again; oneself leaves.
 * @returns the message of the service that says so, where there is one
 * @throws {LocalError} `argument`, for a private chat.
 */
export async function kickParticipant(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  user: Api.TypeEntityLike,
): Promise<EventMessage | undefined> {
  return serviceMessageIn(await kick(client, entity, user), client)
}

async function kick(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  user: Api.TypeEntityLike,
): Promise<Api.TypeUpdates> {
  const chat = await client.getInputEntity(entity)
  const participant = await client.getInputEntity(user)
  const channel = inputChannelOf(chat)
  const isSelf = participant.className === 'InputPeerSelf'
  if (channel !== undefined && isSelf) return client.invoke(new Api.channels.LeaveChannel({ channel }))
  if (channel !== undefined) {
    const edit = (rights: { viewMessages?: boolean }): Promise<Api.TypeUpdates> => {
      const bannedRights = new Api.ChatBannedRights({ untilDate: 0, ...rights })
      return client.invoke(new Api.channels.EditBanned({ channel, participant, bannedRights }))
    }
    const updates = await edit({ viewMessages: true })
    await edit({})
    return updates
  }
  if (chat.className !== 'InputPeerChat') throw new LocalError('argument', `entity: expected a group or channel, got ${chat.className}`)
  const userId = inputUserOf(participant)
  if (userId === undefined) throw new LocalError('argument', `participant: expected a user, got ${participant.className}`)
  return client.invoke(new Api.messages.DeleteChatUser({ chatId: chat.chatId, userId }))
}
