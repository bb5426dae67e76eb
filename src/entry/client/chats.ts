/** `rawgram/client/chats`: the members of groups and channels, by functions. */
import type * as Api from '../../../generated/api/index.js'
import type { TotalList } from '../../client/compat/helpers.js'
import type { EventMessage } from '../../client/messages/shortcuts.js'
import type { IterParticipantsParams, Participant } from '../../client/participants/iter-participants.js'
import type { RequestIter } from '../../client/request-iter.js'
import type { TelegramClient } from '../../client/telegram-client.js'

export type { IterParticipantsParams } from '../../client/participants/iter-participants.js'

/** `client.iterParticipants(entity, params)` */
export function iterParticipants(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  params?: IterParticipantsParams,
): RequestIter<Participant> {
  return client.iterParticipants(entity, params)
}

/** `client.getParticipants(entity, params)` */
export function getParticipants(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  params?: IterParticipantsParams,
): Promise<TotalList<Participant>> {
  return client.getParticipants(entity, params)
}

/** `client.kickParticipant(entity, participant)` */
export function kickParticipant(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  participant: Api.TypeEntityLike,
): Promise<EventMessage | undefined> {
  return client.kickParticipant(entity, participant)
}
