import type * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import type { TlObject } from '../../tl/object.js'
import { companionOf } from '../messages/message-getter.js'
import type { EventClient, UpdateConnectionState } from './builder.js'
import { EventBuilder, type DefaultEventInterface } from './event-builder.js'
import { _intoIdSet } from './id-set.js'
import { newMessageOf } from './message-of-update.js'
import { NewMessageEvent } from './new-message-event.js'

export interface NewMessageInterface extends DefaultEventInterface<NewMessageEvent> {
  readonly fromUsers?: readonly Api.TypeEntityLike[] | undefined
  /** Messages of others, or of this account. Left out, or both: all. */
  readonly incoming?: boolean | undefined
  readonly outgoing?: boolean | undefined
  /** Forwarded messages alone, or none. */
  readonly forwards?: boolean | undefined
  /** What the text has to match; `patternMatch` of the event is the match. */
  readonly pattern?: RegExp | undefined
}

/** New messages, filtered: `client.addEventHandler(handler, new NewMessage({ pattern: /^\/start/ }))`. */
export class NewMessage extends EventBuilder<NewMessageEvent> {
  fromUsers: string[] | undefined
  readonly #params: NewMessageInterface

  /** @throws {LocalError} `argument`, where neither incoming nor outgoing messages are wanted. */
  constructor(params: NewMessageInterface = {}) {
    super(params)
    if (params.incoming === false && params.outgoing === false)
      throw new LocalError('argument', 'incoming, outgoing: expected one of them at least, got false for both')
    this.#params = params
  }

  override async _resolve(client: EventClient): Promise<void> {
    await super._resolve(client)
    this.fromUsers = await _intoIdSet(client, this.#params.fromUsers)
  }

  override build(update: TlObject | UpdateConnectionState): NewMessageEvent | undefined {
    const message = newMessageOf(update)
    return message && new NewMessageEvent(message, update as TlObject)
  }

  override filter(event: NewMessageEvent): unknown {
    const { incoming, outgoing, forwards, pattern } = this.#params
    const { message } = event
    if (incoming !== outgoing && message.out !== (outgoing ?? !incoming)) return false
    if (forwards !== undefined && (message.fwdFrom !== undefined) !== forwards) return false
    if (this.fromUsers !== undefined && !this.fromUsers.includes(String(event.senderId))) return false
    if (pattern !== undefined) {
      const match = message.message.match(pattern)
      if (match === null) return false
      companionOf(message).patternMatch = match
    }
    return super.filter(event)
  }
}
