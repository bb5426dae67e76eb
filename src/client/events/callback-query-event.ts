import * as Api from '../../../generated/api/index.js'
import type { BigInteger } from 'big-integer'
import type { Bytes } from '../../bytes/bytes.js'
import { LocalError } from '../../errors/errors.js'
import { deleteMessages } from '../messages/delete-messages.js'
import { editInlineMessage, editMessage } from '../messages/edit-message.js'
import { fetchMessage } from '../messages/fetch-message.js'
import type { EditMessageParams, SendMessageParams } from '../messages/params.js'
import { sendTo, withShortcuts, type EventMessage } from '../messages/shortcuts.js'
import { getMessageId } from '../compat/utils.js'
import type { TelegramClient } from '../telegram-client.js'
import { broughtWith } from './brought-with.js'
import { EventCommonSender } from './event-common.js'

export interface AnswerCallbackQueryParams {
  /** At most 200 characters, shown above the chat. */
  readonly message: string
  /** Seconds that the pressing user's app may remember the answer. */
  readonly cacheTime: number
  /** Opened instead: a game, or a link that starts the bot. */
  readonly url: string
  /** Shows the message in a window that has to be closed. */
  readonly alert: boolean
}

/** Somebody pressed an inline button of a message. Until it is answered, the app of who pressed it shows it as busy. */
export class CallbackQueryEvent extends EventCommonSender {
  readonly query: Api.UpdateBotCallbackQuery | Api.UpdateInlineBotCallbackQuery
  /** The match of `pattern`. */
  patternMatch: RegExpMatchArray | undefined
  readonly #messageId: number
  #message: EventMessage | undefined
  #answered = false

  constructor(
    query: Api.UpdateBotCallbackQuery | Api.UpdateInlineBotCallbackQuery,
    peer: Api.TypePeer,
    msgId: number,
  ) {
    const senderPeer = new Api.PeerUser({ userId: query.userId })
    super({ chatPeer: peer, msgId, broadcast: false, senderPeer })
    this.query = query
    this.#messageId = msgId
    this.patternMatch = undefined
  }

  override _setClient(client: TelegramClient): void {
    super._setClient(client)
    const entities = broughtWith(this.query)
    if (entities !== undefined) this._know(entities)
  }

  get id(): BigInteger {
    return this.query.queryId
  }

  get messageId(): number {
    return this.#messageId
  }

  /** What the button holds; `undefined` for those that start a game. */
  get data(): Bytes | undefined {
    return this.query.data
  }

  /** The chat, as the server calls it where it does not say which one it is. */
  get chatInstance(): BigInteger {
    return this.query.chatInstance
  }

  /** Whether the message was sent by way of the bot, by somebody else. */
  get viaInline(): boolean {
    return this.query.className === 'UpdateInlineBotCallbackQuery'
  }

  /** The message with the button, once for this event; `undefined` where it is gone, or was sent by somebody else. */
  async getMessage(): Promise<EventMessage | undefined> {
    if (this.viaInline) return undefined
    const client = this.#clientNow()
    const peer = this.isChannel ? await this.#peer() : undefined
    const id = new Api.InputMessageID({ id: this.messageId })
    this.#message ??= withShortcuts(await fetchMessage(client, peer, id), client)
    return this.#message
  }

  /**
   * Ends the waiting of who pressed the button. The first call counts: later ones send nothing, unless it has failed.
   * @returns what the server answers, `undefined` from the second call on.
   */
  async answer(params: Partial<AnswerCallbackQueryParams> = {}): Promise<boolean | undefined> {
    if (this.#answered) return undefined
    const { message, cacheTime = 0, url, alert = false } = params
    const request = new Api.messages.SetBotCallbackAnswer({ queryId: this.id, message, cacheTime, url, alert })
    const client = this.#clientNow()
    this.#answered = true
    try {
      return await client.invoke(request)
    } catch (error) {
      this.#answered = false
      throw error
    }
  }

  /** Changes the message with the button, or another of the same chat, and answers the query. Buttons not given go. */
  async edit(params: EditMessageParams): Promise<EventMessage | undefined> {
    const client = this.#clientNow()
    const { query } = this
    let edited: EventMessage | undefined
    if (query.className === 'UpdateInlineBotCallbackQuery') await editInlineMessage(client, query.msgId, params)
    else {
      const id = getMessageId(params.message) ?? this.messageId
      edited = withShortcuts(await editMessage(client, await this.#peer(), id, params), client)
    }
    await this.answer()
    return edited
  }

  /** Answers the query, and sends a text to the same chat. */
  async respond(params: SendMessageParams): Promise<EventMessage | undefined> {
    const client = this.#clientNow()
    await this.answer()
    return sendTo(client, await this.#peer(), params)
  }

  /** Answers the query, and sends a text as an answer to the message with the button. */
  reply(params: SendMessageParams): Promise<EventMessage | undefined> {
    return this.respond({ ...params, replyTo: this.messageId })
  }

  /** Deletes the message with the button; in private chats and basic groups with `revoke` for everybody. */
  async delete({ revoke = false }: { readonly revoke?: boolean } = {}): Promise<Api.messages.TypeAffectedMessages[]> {
    return deleteMessages(this.#clientNow(), await this.#peer(), [this.messageId], revoke)
  }

  #clientNow(): TelegramClient {
    if (this.client !== undefined) return this.client
    throw new LocalError('state', 'no client brought this event: add its builder to one with addEventHandler()')
  }

  async #peer(): Promise<Api.TypeInputPeer> {
    const peer = await this.getInputChat()
    if (peer !== undefined) return peer
    throw new LocalError('entity', `cannot find the chat ${String(this.chatId)} of the message with the button`)
  }
}
