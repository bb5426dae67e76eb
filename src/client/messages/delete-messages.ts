import * as Api from '../../../generated/api/index.js'
import { inputChannelOf } from '../../entities/convert.js'
import type { TelegramClient } from '../telegram-client.js'

/** At most so many messages in one request. */
const BATCH = 100

/**
 * Deletes messages; in private chats and basic groups with `revoke` for everybody. Channels know no other way.
 * @returns one answer for each hundred.
 */
export function deleteMessages(
  client: TelegramClient,
  peer: Api.TypeInputPeer | undefined,
  ids: readonly number[],
  revoke: boolean,
): Promise<Api.messages.TypeAffectedMessages[]> {
  const channel = peer && inputChannelOf(peer)
  const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, i) => ids.slice(i * BATCH, (i + 1) * BATCH))
  return Promise.all(
    batches.map((id) =>
      client.invoke(
        channel === undefined
          ? new Api.messages.DeleteMessages({ id, revoke })
          : new Api.channels.DeleteMessages({ channel, id }),
      ),
    ),
  )
}
