import * as Api from '../../../generated/api/index.js'
import type { TlObject } from '../../tl/object.js'
import type { EventClient, UpdateConnectionState } from './builder.js'
import { CallbackQueryEvent } from './callback-query-event.js'
import { EventBuilder, type DefaultEventInterface } from './event-builder.js'
import { _intoIdSet } from './id-set.js'
import { placeOfInlineMessage } from './inline-message.js'

export interface NewCallbackQueryInterface extends Omit<DefaultEventInterface<CallbackQueryEvent>, 'blacklistChats'> {
  readonly fromUsers?: readonly Api.TypeEntityLike[] | undefined
  readonly blacklistUsers?: readonly Api.TypeEntityLike[] | undefined
  /** What the button's data, read as UTF-8, has to match; `patternMatch` of the event is the match. */
  readonly pattern?: RegExp | undefined
}

/**
 * Presses of inline buttons, for bots. `chats` may hold the `chatInstance` of a chat besides peers: messages that were
 * sent by way of the bot say no more.
 */
export class CallbackQuery extends EventBuilder<CallbackQueryEvent> {
  readonly match: RegExp | undefined
  fromUsers: string[] | undefined
  blacklistUsers: string[] | undefined
  readonly #params: NewCallbackQueryInterface

  constructor(params: NewCallbackQueryInterface = {}) {
    super(params)
    this.match = params.pattern
    this.#params = params
  }

  override async _resolve(client: EventClient): Promise<void> {
    await super._resolve(client)
    this.fromUsers = await _intoIdSet(client, this.#params.fromUsers)
    this.blacklistUsers = await _intoIdSet(client, this.#params.blacklistUsers)
  }

  override build(update: TlObject | UpdateConnectionState): CallbackQueryEvent | undefined {
    if (update instanceof Api.UpdateBotCallbackQuery) return new CallbackQueryEvent(update, update.peer, update.msgId)
    if (!(update instanceof Api.UpdateInlineBotCallbackQuery)) return undefined
    const { peer, msgId } = placeOfInlineMessage(update.msgId)
    return new CallbackQueryEvent(update, peer, msgId)
  }

  override filter(event: CallbackQueryEvent): unknown {
    const { chats, fromUsers, blacklistUsers, match, func } = this
    const userId = String(event.query.userId)
    if (fromUsers !== undefined && !fromUsers.includes(userId)) return false
    if (blacklistUsers?.includes(userId) === true) return false
    if (chats !== undefined && !chats.includes(String(event.chatInstance)) && !chats.includes(String(event.chatId)))
      return false
    if (match !== undefined) {
      match.lastIndex = 0
      const found = match.exec(new TextDecoder().decode(event.data))
      if (found === null) return false
      event.patternMatch = found
    }
    return func === undefined || func(event)
  }
}
