import type { TlObject } from '../../tl/object.js'
import type { UpdateConnectionState } from './builder.js'
import type { DefaultEventInterface } from './event-builder.js'
import { editedMessageOf } from './message-of-update.js'
import { NewMessageEvent } from './new-message-event.js'
import { NewMessage, type NewMessageInterface } from './new-message.js'

export interface EditedMessageInterface
  extends Omit<NewMessageInterface, 'func'>, Pick<DefaultEventInterface<EditedMessageEvent>, 'func'> {}

/** A message as it is after an edit. Reactions and new counts of views come as edits, too. */
export class EditedMessageEvent extends NewMessageEvent {}

/** Edits of messages, filtered as new ones are. */
export class EditedMessage extends NewMessage {
  constructor(params: EditedMessageInterface = {}) {
    super(params)
  }

  override build(update: TlObject | UpdateConnectionState): EditedMessageEvent | undefined {
    const message = editedMessageOf(update)
    return message && new EditedMessageEvent(message, update as TlObject)
  }
}
