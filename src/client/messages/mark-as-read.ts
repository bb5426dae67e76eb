import * as Api from '../../../generated/api/index.js'
import { inputChannelOf } from '../../entities/convert.js'
import { getMessageId } from '../compat/utils.js'
import type { TelegramClient } from '../telegram-client.js'

export interface MarkAsReadParams {
  /** The last message that was read; left out, the newest of `message`, or all. */
  readonly maxId?: number | undefined
  /** Marks what mentions this account as read, too. */
  readonly clearMentions?: boolean | undefined
}

type MessageLike = Api.TypeMessage | number

/** Marks the messages of a chat as read, up to one of them. @returns whether the server did. */
export async function markAsRead(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  message?: MessageLike | readonly MessageLike[],
  { maxId = newestOf(message), clearMentions = false }: MarkAsReadParams = {},
): Promise<boolean> {
  const peer = await client.getInputEntity(entity)
  const channel = inputChannelOf(peer)
  if (clearMentions) await client.invoke(new Api.messages.ReadMentions({ peer }))
  if (channel !== undefined) return client.invoke(new Api.channels.ReadHistory({ channel, maxId }))
  await client.invoke(new Api.messages.ReadHistory({ peer, maxId }))
  return true
}

/** The highest id; 0, which is all messages, where there is none. */
function newestOf(message: MessageLike | readonly MessageLike[] | undefined): number {
  const messages = (message === undefined ? [] : [message].flat()) as readonly MessageLike[]
  return messages.reduce((highest: number, each) => Math.max(highest, getMessageId(each) ?? 0), 0)
}
