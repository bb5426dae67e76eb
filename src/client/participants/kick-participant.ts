import * as Api from '../../../generated/api/index.js'
import { inputChannelOf, inputUserOf } from '../../entities/convert.js'
import { LocalError } from '../../errors/errors.js'
import type { TelegramClient } from '../telegram-client.js'

/**
 * Takes somebody out of a group or channel, and lets them join again; oneself leaves.
 * @throws {LocalError} `argument`, for a private chat.
 */
export async function kickParticipant(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  user: Api.TypeEntityLike,
): Promise<void> {
  const chat = await client.getInputEntity(entity)
  const participant = await client.getInputEntity(user)
  const channel = inputChannelOf(chat)
  const isSelf = participant.className === 'InputPeerSelf'
  if (channel !== undefined && isSelf) {
    await client.invoke(new Api.channels.LeaveChannel({ channel }))
  } else if (channel !== undefined) {
    const edit = (rights: { viewMessages?: boolean }): Promise<Api.TypeUpdates> => {
      const bannedRights = new Api.ChatBannedRights({ untilDate: 0, ...rights })
      return client.invoke(new Api.channels.EditBanned({ channel, participant, bannedRights }))
    }
    await edit({ viewMessages: true })
    await edit({})
  } else if (chat.className === 'InputPeerChat') {
    const userId = inputUserOf(participant)
    if (userId === undefined) throw new LocalError('argument', `participant: expected a user, got ${participant.className}`)
    await client.invoke(new Api.messages.DeleteChatUser({ chatId: chat.chatId, userId }))
  } else {
    throw new LocalError('argument', `entity: expected a group or channel, got ${chat.className}`)
  }
}
