import * as Api from '../../../generated/api/index.js'
import { getMessageId } from '../compat/utils.js'
import type { TelegramClient } from '../telegram-client.js'

export interface ReplyParams {
  readonly replyTo?: number | Api.Message | undefined
  readonly topMsgId?: number | Api.Message | undefined
  readonly commentTo?: number | Api.Message | undefined
}

export interface ReplyPlace {
  readonly peer: Api.TypeInputPeer
  readonly replyTo: Api.InputReplyToMessage | undefined
}

/** Where a message goes: comments on a post go to the group of the channel, as answers to the copy of the post there. */
export async function replyPlace(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  { replyTo, topMsgId, commentTo }: ReplyParams,
): Promise<ReplyPlace> {
  const peer = await client.getInputEntity(entity)
  const post = getMessageId(commentTo)
  if (post !== undefined) {
    const { messages } = await client.invoke(new Api.messages.GetDiscussionMessage({ peer, msgId: post }))
    const copy = messages.filter((each) => each.className !== 'MessageEmpty').sort((a, b) => a.id - b.id)[0]
    if (copy !== undefined)
      return { peer: await client.getInputEntity(copy.peerId), replyTo: new Api.InputReplyToMessage({ replyToMsgId: copy.id }) }
  }
  const [replied, top] = [getMessageId(replyTo), getMessageId(topMsgId)]
  const replyToMsgId = replied ?? top
  return { peer, replyTo: replyToMsgId === undefined ? undefined : new Api.InputReplyToMessage({ replyToMsgId, topMsgId: top }) }
}
