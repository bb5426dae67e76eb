import * as Api from '../../../generated/api/index.js'
import type { WorldChannel, WorldChat } from '../world/peers.js'
import { apiChat } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf } from './input-peers.js'

/** What is told to who has changed a group or channel: how it looks now. No message of the service tells the members. */
export function chatUpdates(chat: WorldChat | WorldChannel, context: HandlerContext): Api.Updates {
  const update =
    chat.kind === 'channel' ? new Api.UpdateChannel({ channelId: chat.id }) : new Api.UpdateChat({ chatId: chat.id })
  const chats = [apiChat(chat, callerOf(context))]
  return new Api.Updates({ updates: [update], users: [], chats, date: context.now, seq: 0 })
}
