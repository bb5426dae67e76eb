import type * as Api from '../../../generated/api/index.js'
import type { BigInteger } from 'big-integer'
import type { Entity } from '../../entities/get-entities.js'
import type { TlObject } from '../../tl/object.js'
import { companionOf } from '../messages/message-getter.js'
import { withShortcuts, type EventMessage } from '../messages/shortcuts.js'
import type { TelegramClient } from '../telegram-client.js'
import { broughtWith } from './brought-with.js'
import { EventCommon } from './event-common.js'

/** A message that has just come, or been sent by this account. */
export class NewMessageEvent extends EventCommon {
  readonly message: EventMessage
  readonly originalUpdate: TlObject

  constructor(message: Api.Message, originalUpdate: TlObject) {
    super({ chatPeer: message.peerId, msgId: message.id, broadcast: message.post === true })
    this.message = message as EventMessage
    this.originalUpdate = originalUpdate
  }

  override _setClient(client: TelegramClient): void {
    super._setClient(client)
    const entities = broughtWith(this.originalUpdate)
    withShortcuts(this.message, client, entities)
    if (entities !== undefined) this._know(entities)
  }

  /** The message's text with its formatting in Markdown. */
  get text(): string {
    return this.message.text
  }

  /** The match of `pattern`. */
  get patternMatch(): RegExpMatchArray | undefined {
    return companionOf(this.message).patternMatch
  }

  /** With its mark; `undefined` in messages of one's own that do not repeat who sent them. */
  get senderId(): BigInteger | undefined {
    return companionOf(this.message).getter.senderId
  }

  /** Who sent it, as the server has shown them with the message; or as `getSender()` has found them. */
  get sender(): Entity | undefined {
    return companionOf(this.message).getter.sender
  }

  /** Who sent it; asked for where it did not come with the message. */
  getSender(): Promise<Entity | undefined> {
    return companionOf(this.message).getter.getSender()
  }
}
