import * as Api from '../../../generated/api/index.js'
import { getMessageId } from '../compat/utils.js'
import type { TelegramClient } from '../telegram-client.js'
import type { ReplyParams } from './params.js'

export interface ReplyPlace {
  readonly peer: Api.TypeInputPeer
  readonly replyTo: Api.InputReplyToMessage | undefined
}

/** Where a message goes: comments on a post go to the group of the channel, as answers to the copy of the post there. */
export async function replyPlace(
  client: TelegramClient,
  entity: Api.TypeEntityLike,
  params: ReplyParams,
): Promise<ReplyPlace> {
  const peer = await client.getInputEntity(entity)
  const post = getMessageId(params.commentTo)
  if (post !== undefined) {
    const { messages } = await client.invoke(new Api.messages.GetDiscussionMessage({ peer, msgId: post }))
    const copy = messages.filter((each) => each.className !== 'MessageEmpty').sort((a, b) => a.id - b.id)[0]
    if (copy !== undefined)
      return { peer: await client.getInputEntity(copy.peerId), replyTo: new Api.InputReplyToMessage({ replyToMsgId: copy.id }) }
  }
  return { peer, replyTo: replyOf(params) }
}

/** The message that is answered, or the topic alone. */
export function replyOf(params: Omit<ReplyParams, 'commentTo'>): Api.InputReplyToMessage | undefined {
  const topMsgId = getMessageId(params.topMsgId)
  const replyToMsgId = getMessageId(params.replyTo) ?? topMsgId
  return replyToMsgId === undefined ? undefined : new Api.InputReplyToMessage({ replyToMsgId, topMsgId })
}
