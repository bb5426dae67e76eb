import * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import { replyOf } from '../messages/reply-place.js'
import type { TelegramClient } from '../telegram-client.js'

/** One of the things that a bot offers in answer to an inline query. */
export class InlineResult {
  readonly result: Api.TypeBotInlineResult
  readonly #client: TelegramClient
  readonly #queryId: Api.long
  readonly #entity: Api.TypeEntityLike | undefined

  /** @param entity the chat that it is sent to, unless `click` names another */
  constructor(client: TelegramClient, result: Api.TypeBotInlineResult, queryId: Api.long, entity?: Api.TypeEntityLike) {
    this.result = result
    this.#client = client
    this.#queryId = queryId
    this.#entity = entity
  }

  /** `article`, `photo`, `gif`, ... */
  get type(): string {
    return this.result.type
  }

  /** What is sent. */
  get message(): Api.TypeBotInlineMessage {
    return this.result.sendMessage
  }

  get title(): string | undefined {
    return this.result.title
  }

  get description(): string | undefined {
    return this.result.description
  }

  get url(): string | undefined {
    return 'url' in this.result ? this.result.url : undefined
  }

  /** The photo that is offered, or the picture that stands beside what is. */
  get photo(): Api.TypePhoto | Api.TypeWebDocument | undefined {
    return 'thumb' in this.result ? this.result.thumb : this.result.photo
  }

  get document(): Api.TypeDocument | Api.TypeWebDocument | undefined {
    return 'content' in this.result ? this.result.content : this.result.document
  }

  /**
   * Sends it to the chat that the query was for, or to another.
   * @param hideVia does not say which bot it comes from, where the server allows that
   * @throws {LocalError} `argument`, where there is no chat
   */
  async click(
    entity: Api.TypeEntityLike | undefined = this.#entity,
    replyTo?: number | Api.Message,
    silent: boolean = false,
    clearDraft: boolean = false,
    hideVia: boolean = false,
  ): Promise<Api.TypeUpdates> {
    if (entity === undefined) throw new LocalError('argument', 'entity: expected the chat to send the result to, got none')
    const peer = await this.#client.getInputEntity(entity)
    const { id } = this.result
    const options = { silent, clearDraft, hideVia, replyTo: replyOf({ replyTo }) }
    return this.#client.invoke(new Api.messages.SendInlineBotResult({ peer, queryId: this.#queryId, id, ...options }))
  }
}
