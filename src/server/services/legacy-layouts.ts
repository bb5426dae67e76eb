import * as Api from '../../../generated/api/index.js'
import type { TlObject } from '../../tl/object.js'
import { writeObjects } from '../../tl/write-vector.js'
import { Writable, type Writer } from '../../tl/writer.js'
import { idIn, type Samples } from './legacy-ids.js'

const MESSAGES: Samples = [[198, 0x8c718e87], [214, 0x8c718e87]]
const MESSAGES_SLICE: Samples = [[198, 0x3a54685e], [214, 0x762b263d]]
/** Joining was answered by what it brought about, without a word around it. */
const JOINED: Samples = [[198, Api.Updates.CONSTRUCTOR_ID], [214, Api.Updates.CONSTRUCTOR_ID]]
const DIALOG: Samples = [[198, 0xd58a08c6], [214, 0xd58a08c6]]

/** An object that has had fewer fields in `layer`, where that is known; `undefined` for all others. */
export function legacyLayout(object: TlObject, layer: number): Writable | undefined {
  if (object instanceof Api.messages.Messages) return made(MESSAGES, layer, (id) => new LegacyMessages(id, object))
  if (object instanceof Api.messages.MessagesSlice) return made(MESSAGES_SLICE, layer, (id) => new LegacySlice(id, object))
  if (object instanceof Api.messages.ChatInviteJoinResultOk) return made(JOINED, layer, () => object.updates)
  return object instanceof Api.Dialog ? made(DIALOG, layer, (id) => new LegacyDialog(id, object)) : undefined
}

function made(samples: Samples, layer: number, make: (id: number) => Writable): Writable | undefined {
  const id = idIn(samples, layer)
  return id === undefined ? undefined : make(id)
}

/** `messages.messages messages:Vector<Message> chats:Vector<Chat> users:Vector<User> = messages.Messages;` */
class LegacyMessages extends Writable {
  readonly #id: number
  readonly #answer: Api.messages.Messages

  constructor(id: number, answer: Api.messages.Messages) {
    super()
    this.#id = id
    this.#answer = answer
  }

  override write(w: Writer): void {
    w.begin(this.#id, 'messages.Messages')
    writeMessages(w, this.#answer)
  }
}

/**
 * `messages.messagesSlice flags:# inexact:flags.1?true count:int next_rate:flags.0?int offset_id_offset:flags.2?int
 * messages:Vector<Message> chats:Vector<Chat> users:Vector<User> = messages.Messages;`
 */
class LegacySlice extends Writable {
  readonly #id: number
  readonly #answer: Api.messages.MessagesSlice

  constructor(id: number, answer: Api.messages.MessagesSlice) {
    super()
    this.#id = id
    this.#answer = answer
  }

  override write(w: Writer): void {
    const { inexact, count, nextRate, offsetIdOffset } = this.#answer
    w.begin(this.#id, 'messages.Messages')
    w.flags((nextRate === undefined ? 0 : 1 << 0) | (inexact ? 1 << 1 : 0) | (offsetIdOffset === undefined ? 0 : 1 << 2))
    w.int(count)
    if (nextRate !== undefined) w.int(nextRate)
    if (offsetIdOffset !== undefined) w.int(offsetIdOffset)
    writeMessages(w, this.#answer)
  }
}

function writeMessages(w: Writer, { messages, chats, users }: Pick<Api.messages.Messages, 'messages' | 'chats' | 'users'>): void {
  writeObjects(w, messages, 'Message')
  writeObjects(w, chats, 'Chat')
  writeObjects(w, users, 'User')
}

/**
 * `dialog flags:# ... peer:Peer top_message:int read_inbox_max_id:int read_outbox_max_id:int unread_count:int
 * unread_mentions_count:int unread_reactions_count:int notify_settings:PeerNotifySettings pts:flags.0?int ... = Dialog;`
 * with those of its optional fields that dialogs here have.
 */
class LegacyDialog extends Writable {
  readonly #id: number
  readonly #dialog: Api.Dialog

  constructor(id: number, dialog: Api.Dialog) {
    super()
    this.#id = id
    this.#dialog = dialog
  }

  override write(w: Writer): void {
    const dialog = this.#dialog
    w.begin(this.#id, 'Dialog')
    w.flags(dialog.pts === undefined ? 0 : 1 << 0)
    w.boxed(dialog.peer, 'Peer')
    w.int(dialog.topMessage)
    w.int(dialog.readInboxMaxId)
    w.int(dialog.readOutboxMaxId)
    w.int(dialog.unreadCount)
    w.int(dialog.unreadMentionsCount)
    w.int(dialog.unreadReactionsCount)
    w.boxed(dialog.notifySettings, 'PeerNotifySettings')
    if (dialog.pts !== undefined) w.int(dialog.pts)
  }
}
