import * as Api from '../../../generated/api/index.js'
import type { TlObject } from '../../tl/object.js'
import { writeLong } from '../../tl/write-long.js'
import { writeObjects, writeVector } from '../../tl/write-vector.js'
import { Writable, type Writer } from '../../tl/writer.js'
import { idIn, type Samples } from './legacy-ids.js'

const MESSAGES: Samples = [[198, 0x8c718e87], [214, 0x8c718e87]]
const MESSAGES_SLICE: Samples = [[198, 0x3a54685e], [214, 0x762b263d]]
/** Joining was answered by what it brought about, without a word around it. */
const JOINED: Samples = [[198, Api.Updates.CONSTRUCTOR_ID], [214, Api.Updates.CONSTRUCTOR_ID]]
const DIALOG: Samples = [[198, 0xd58a08c6], [214, 0xd58a08c6]]
const POLL: Samples = [[198, 0x58747131], [214, 0x58747131]]
const POLL_ANSWER_VOTERS: Samples = [[198, 0x3b6ddad2], [214, 0x3b6ddad2]]
const POLL_VOTE: Samples = [[198, 0x24f40e77], [214, 0x24f40e77]]

/** An object that has had fewer fields in `layer`, where that is known; `undefined` for all others. */
export function legacyLayout(object: TlObject, layer: number): Writable | undefined {
  if (object instanceof Api.messages.Messages) return laidOut(MESSAGES, layer, object, writeAnswer)
  if (object instanceof Api.messages.MessagesSlice) return laidOut(MESSAGES_SLICE, layer, object, writeSlice)
  if (object instanceof Api.messages.ChatInviteJoinResultOk) return idIn(JOINED, layer) === undefined ? undefined : object.updates
  if (object instanceof Api.Poll) return laidOut(POLL, layer, object, writePoll)
  if (object instanceof Api.PollAnswerVoters) return laidOut(POLL_ANSWER_VOTERS, layer, object, writeVoters)
  if (object instanceof Api.UpdateMessagePollVote) return laidOut(POLL_VOTE, layer, object, writePollVote)
  return object instanceof Api.Dialog ? laidOut(DIALOG, layer, object, writeDialog) : undefined
}

type Write<T> = (w: Writer, id: number, object: T) => void

function laidOut<T>(samples: Samples, layer: number, object: T, write: Write<T>): Writable | undefined {
  const id = idIn(samples, layer)
  return id === undefined ? undefined : new LegacyLayout((w) => write(w, id, object))
}

class LegacyLayout extends Writable {
  readonly #write: (w: Writer) => void

  constructor(write: (w: Writer) => void) {
    super()
    this.#write = write
  }

  override write(w: Writer): void {
    this.#write(w)
  }
}

/** `messages.messages messages:Vector<Message> chats:Vector<Chat> users:Vector<User> = messages.Messages;` */
function writeAnswer(w: Writer, id: number, answer: Api.messages.Messages): void {
  w.begin(id, 'messages.Messages')
  writeMessages(w, answer)
}

/**
 * `messages.messagesSlice flags:# inexact:flags.1?true count:int next_rate:flags.0?int offset_id_offset:flags.2?int
 * messages:Vector<Message> chats:Vector<Chat> users:Vector<User> = messages.Messages;`
 */
function writeSlice(w: Writer, id: number, slice: Api.messages.MessagesSlice): void {
  const { inexact, count, nextRate, offsetIdOffset } = slice
  w.begin(id, 'messages.Messages')
  w.flags((nextRate === undefined ? 0 : 1 << 0) | (inexact ? 1 << 1 : 0) | (offsetIdOffset === undefined ? 0 : 1 << 2))
  w.int(count)
  if (nextRate !== undefined) w.int(nextRate)
  if (offsetIdOffset !== undefined) w.int(offsetIdOffset)
  writeMessages(w, slice)
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
function writeDialog(w: Writer, id: number, dialog: Api.Dialog): void {
  w.begin(id, 'Dialog')
  w.flags((dialog.pts === undefined ? 0 : 1 << 0) | (dialog.draft === undefined ? 0 : 1 << 1))
  w.boxed(dialog.peer, 'Peer')
  w.int(dialog.topMessage)
  w.int(dialog.readInboxMaxId)
  w.int(dialog.readOutboxMaxId)
  w.int(dialog.unreadCount)
  w.int(dialog.unreadMentionsCount)
  w.int(dialog.unreadReactionsCount)
  w.boxed(dialog.notifySettings, 'PeerNotifySettings')
  if (dialog.pts !== undefined) w.int(dialog.pts)
  if (dialog.draft !== undefined) w.boxed(dialog.draft, 'DraftMessage')
}

/**
 * `poll id:long flags:# closed:flags.0?true public_voters:flags.1?true multiple_choice:flags.2?true quiz:flags.3?true
 * question:TextWithEntities answers:Vector<PollAnswer> close_period:flags.4?int close_date:flags.5?int = Poll;`
 */
function writePoll(w: Writer, id: number, poll: Api.Poll): void {
  const { closed, publicVoters, multipleChoice, quiz, closePeriod, closeDate } = poll
  w.begin(id, 'Poll')
  writeLong(w, poll.id)
  const set = [closed, publicVoters, multipleChoice, quiz, closePeriod !== undefined, closeDate !== undefined]
  w.flags(set.reduce((flags, isSet, bit) => flags | (isSet ? 1 << bit : 0), 0))
  w.boxed(poll.question, 'TextWithEntities')
  writeObjects(w, poll.answers, 'PollAnswer')
  if (closePeriod !== undefined) w.int(closePeriod)
  if (closeDate !== undefined) w.int(closeDate)
}

/** `pollAnswerVoters flags:# chosen:flags.0?true correct:flags.1?true option:bytes voters:int = PollAnswerVoters;` */
function writeVoters(w: Writer, id: number, { chosen, correct, option, voters = 0 }: Api.PollAnswerVoters): void {
  w.begin(id, 'PollAnswerVoters')
  w.flags((chosen ? 1 << 0 : 0) | (correct ? 1 << 1 : 0))
  w.bytes(option)
  w.int(voters)
}

/** `updateMessagePollVote poll_id:long peer:Peer options:Vector<bytes> qts:int = Update;` */
function writePollVote(w: Writer, id: number, { pollId, peer, options, qts }: Api.UpdateMessagePollVote): void {
  w.begin(id, 'Update')
  writeLong(w, pollId)
  w.boxed(peer, 'Peer')
  writeVector(w, options, (_, option) => w.bytes(option))
  w.int(qts)
}
