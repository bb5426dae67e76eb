import type * as Api from '../../../generated/api/index.js'
import { ChatGetter } from './chat-getter.js'
import { SenderGetter, type SenderGetterParams } from './sender-getter.js'

export interface EventCommonParams {
  readonly chatPeer?: Api.TypePeer | undefined
  readonly msgId?: number | undefined
  readonly broadcast?: boolean | undefined
}

/** Base of the events that have a chat. */
export class EventCommon extends ChatGetter {
  readonly #messageId: number | undefined

  constructor(params: EventCommonParams) {
    super(params)
    this.#messageId = params.msgId
  }

  get _messageId(): number | undefined {
    return this.#messageId
  }
}

/** Base of the events that have a chat and somebody who did something there. */
export class EventCommonSender extends SenderGetter {
  readonly #messageId: number | undefined

  constructor(params: EventCommonParams & SenderGetterParams) {
    super(params)
    this.#messageId = params.msgId
  }

  get _messageId(): number | undefined {
    return this.#messageId
  }
}
