import * as Api from '../../../generated/api/index.js'
import type { WorldChannel, WorldChat } from '../world/peers.js'
import { chatUpdates } from './chat-updates.js'
import type { HandlerContext } from './context.js'
import { callerOf, channelOf, chatOf } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

/** The names of groups and channels. */
export function addChatTitleServices(services: ServiceRegistry): void {
  services.on(Api.messages.EditChatTitle, 'account', ({ chatId, title }, context) =>
    rename(chatOf(context, chatId), title, context),
  )

  services.on(Api.channels.EditTitle, 'account', ({ channel, title }, context) =>
    rename(channelOf(context, channel), title, context),
  )
}

/** @throws {RpcError} 400 CHAT_TITLE_EMPTY */
export function checkedTitle(title: string): string {
  return title === '' ? refuse(400, 'CHAT_TITLE_EMPTY') : title
}

/** @throws {RpcError} 400 CHAT_ADMIN_REQUIRED, CHAT_TITLE_EMPTY, CHAT_NOT_MODIFIED */
function rename(chat: WorldChat | WorldChannel, title: string, context: HandlerContext): Api.Updates {
  if (!chat.admins.has(callerOf(context).id)) refuse(400, 'CHAT_ADMIN_REQUIRED')
  if (chat.title === checkedTitle(title)) refuse(400, 'CHAT_NOT_MODIFIED')
  chat.title = title
  return chatUpdates(chat, context, { action: new Api.MessageActionChatEditTitle({ title }) })
}
