/** `rawgram/tl/custom/dialog`: left out. */
import { refusal } from '../../../client/compat/left-out.js'

/** What GramJS's `getDialogs` answers. */
export class Dialog {
  /** @throws {LocalError} `argument`, always */
  constructor(..._args: unknown[]) {
    refusal('there is no custom Dialog', 'the answer to Api.messages.GetDialogs holds dialogs, messages, users and chats')()
  }
}
