import * as Api from '../../../generated/api/index.js'
import type { BoxMessage, MessageBox } from '../world/message-box.js'
import {
  deleteFromChannel,
  deleteMessages,
  editMessage,
  type Affected,
  type MessageChange,
} from '../world/message-changes.js'
import type { WorldChannel, WorldPeer, WorldUser } from '../world/peers.js'
import { isPinned } from '../world/pins.js'
import { pollIn, pollMedia, showPoll } from '../world/polls.js'
import { scheduleMessage } from '../world/scheduled-messages.js'
import { seenBy } from '../world/seen-by.js'
import { apiPeers, peersIn } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf, channelOf, peerOf } from './input-peers.js'
import { checkCaption, mediaOf } from './media.js'
import { boxOf, checkHasNotLeft, messageOf } from './message-of.js'
import { checkText } from './messages.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'
import { laterDate, waitingAs } from './scheduled.js'

/** Messages one by one: reading, editing and deleting them. */
export function addMessageChangeServices(services: ServiceRegistry): void {
  services.on(Api.messages.GetMessages, 'account', (request, context) => {
    const caller = callerOf(context)
    const messages = request.id.map((input) => found(caller.box, input))
    return new Api.messages.Messages({ messages, topics: [], ...apiPeers(peersIn(messages, context.world), caller) })
  })

  services.on(Api.channels.GetMessages, 'account', (request, context) => {
    const caller = callerOf(context)
    const channel = memberOf(channelOf(context, request.channel), caller)
    const messages = request.id.map((input) => seenBy(caller, found(channel.box, input), context.world))
    const peers = apiPeers([channel, ...peersIn(messages, context.world)], caller)
    const { pts } = channel.box.log
    return new Api.messages.ChannelMessages({ messages, topics: [], ...peers, pts, count: messages.length })
  })

  services.on(Api.messages.EditMessage, 'account', (request, context) => {
    const user = callerOf(context)
    const peer = peerOf(context, request.peer)
    const channel = peer.kind === 'channel' ? peer : undefined
    const { id } = request
    if (request.scheduleDate !== undefined) return rescheduled(request, request.scheduleDate, peer, context)
    const message = messageOf(id, peer, context)
    if (!mayEdit(boxOf(peer, user), id, user, channel)) refuse(403, 'MESSAGE_AUTHOR_REQUIRED')
    checkHasNotLeft(peer, user)
    const change = changeOf(request, message, context)
    const changer = { user, exceptKeyId: context.key.id }
    const { update, date } = editMessage(context.world, changer, channel, id, change)
    const poll = pollIn(context.world, change.media)
    if (poll?.closed) showPoll(context.world, changer, poll)
    return new Api.Updates({ updates: [update], ...apiPeers([user, peer], user), date, seq: 0 })
  })

  services.on(Api.messages.DeleteMessages, 'account', ({ id, revoke }, context) =>
    affected(deleteMessages(context.world, { user: callerOf(context), exceptKeyId: context.key.id }, id, revoke)),
  )

  services.on(Api.channels.DeleteMessages, 'account', ({ channel: input, id }, context) => {
    const user = callerOf(context)
    const channel = memberOf(channelOf(context, input), user)
    const isOwn = (each: number): boolean => channel.box.origins.get(each)?.author === user.id
    if (!channel.admins.has(user.id) && !id.every(isOwn)) refuse(403, 'MESSAGE_DELETE_FORBIDDEN')
    return affected(deleteFromChannel(context.world, { user, exceptKeyId: context.key.id }, channel, id))
  })
}

/** A message that waits, changed: its text, its file, its time or all of them. */
function rescheduled(request: Api.messages.EditMessage, date: number, peer: WorldPeer, context: HandlerContext): Api.Updates {
  const user = callerOf(context)
  const { world, key, now } = context
  const before = waitingAs(request.id, peer, context)
  if (laterDate(date, peer, 0, context) === undefined) refuse(400, 'SCHEDULE_DATE_INVALID')
  const change = changesOf(request, before.message, context)
  if (date === before.message.date && isSame(before.message, change)) refuse(400, 'MESSAGE_NOT_MODIFIED')
  const { message: text = before.sent.text, ...carried } = change
  world.schedule.remove(before)
  const { update } = scheduleMessage(world, { ...before.sent, ...carried, text, exceptKeyId: key.id }, date, request.id)
  return new Api.Updates({ updates: [update], ...apiPeers([user, peer], user), date: now, seq: 0 })
}

type EditRequest = Pick<Api.messages.EditMessage, 'message' | 'entities' | 'replyMarkup' | 'media'>

/**
 * What an edit makes of a message: buttons that are not given go; a text or a file that is not given stays.
 * @throws {RpcError} 400 MESSAGE_NOT_MODIFIED, and what is wrong with the text or the file
 */
export function changeOf(request: EditRequest, before: Api.Message, context: HandlerContext): MessageChange {
  const change = changesOf(request, before, context)
  return isSame(before, change) ? refuse(400, 'MESSAGE_NOT_MODIFIED') : change
}

/** Another file. A poll stays what it is, and may be closed by who has made it. @throws {RpcError} 400 MEDIA_NEW_INVALID, MEDIA_PREV_INVALID */
function changedMedia(media: Api.TypeInputMedia, before: Api.Message, context: HandlerContext): Api.TypeMessageMedia {
  const poll = pollIn(context.world, before.media)
  if (!poll) return media instanceof Api.InputMediaPoll ? refuse(400, 'MEDIA_NEW_INVALID') : mediaOf(media, context)
  const isEnd = media instanceof Api.InputMediaPoll && media.poll.closed
  if (!isEnd || poll.creator !== callerOf(context)) refuse(400, 'MEDIA_PREV_INVALID')
  if (poll.closed) refuse(400, 'MESSAGE_NOT_MODIFIED')
  poll.closed = true
  return pollMedia(poll)
}

/** A file that is not given is none of the changes: of a poll, everybody's copy shows something else. */
function changesOf(request: EditRequest, before: Api.Message, context: HandlerContext): MessageChange {
  const { message: text, entities, replyMarkup, media } = request
  if (text !== undefined) ((media ?? before.media) === undefined ? checkText : checkCaption)(text)
  const words = text === undefined ? {} : { message: text, entities }
  return { replyMarkup, ...words, ...(media && { media: changedMedia(media, before, context) }) }
}

function affected({ pts, ptsCount }: Affected): Api.messages.AffectedMessages {
  return new Api.messages.AffectedMessages({ pts, ptsCount })
}

function memberOf(channel: WorldChannel, user: WorldUser): WorldChannel {
  return channel.members.has(user.id) ? channel : refuse(400, 'CHANNEL_PRIVATE')
}

function mayEdit(box: MessageBox, id: number, user: WorldUser, channel: WorldChannel | undefined): boolean {
  if (box.origins.get(id)?.author === user.id) return true
  return channel !== undefined && !channel.megagroup && channel.admins.has(user.id)
}

function isSame(before: Api.Message, change: MessageChange): boolean {
  const shown = ({ message, entities, replyMarkup, media }: MessageChange): string =>
    JSON.stringify([message, entities ?? [], replyMarkup, media])
  return shown(before) === shown({ ...before, ...change })
}

/** The message that is asked for; an empty one where it is gone. */
function found(box: MessageBox, input: Api.TypeInputMessage): Api.TypeMessage {
  const id = idOf(box, input)
  return (id === undefined ? undefined : box.messages.get(id)) ?? new Api.MessageEmpty({ id: id ?? 0 })
}

function answeredBy(message: BoxMessage | undefined): number | undefined {
  return message?.replyTo instanceof Api.MessageReplyHeader ? message.replyTo.replyToMsgId : undefined
}

/** `undefined` where no message is meant; of all that are pinned, the newest is. */
function idOf(box: MessageBox, input: Api.TypeInputMessage): number | undefined {
  if (input instanceof Api.InputMessageReplyTo) return answeredBy(box.messages.get(input.id))
  if (input instanceof Api.InputMessagePinned) return box.history(isPinned, 0, 1)[0]?.id
  return 'id' in input ? input.id : undefined
}
