import * as Api from '../../../generated/api/index.js'
import type { TlObject } from '../../tl/object.js'
import type { UpdateConnectionState } from './builder.js'

/** The message that an update brings; short updates are spelled out. Service messages are none. */
export function newMessageOf(update: TlObject | UpdateConnectionState): Api.Message | undefined {
  const { className } = update as { className?: string }
  switch (className) {
    case 'UpdateNewMessage':
    case 'UpdateNewChannelMessage': {
      const { message } = update as Api.UpdateNewMessage
      return message.className === 'Message' ? message : undefined
    }
    case 'UpdateShortMessage': {
      const short = update as Api.UpdateShortMessage
      const peerId = new Api.PeerUser({ userId: short.userId })
      // The account itself is not named in the short form; `out` says whose message it is.
      return new Api.Message({ ...messageFields(short), peerId, ...(short.out ? {} : { fromId: peerId }) })
    }
    case 'UpdateShortChatMessage': {
      const short = update as Api.UpdateShortChatMessage
      return new Api.Message({
        ...messageFields(short),
        peerId: new Api.PeerChat({ chatId: short.chatId }),
        fromId: new Api.PeerUser({ userId: short.fromId }),
      })
    }
    default:
      return undefined
  }
}

type ShortUpdate = Api.UpdateShortMessage | Api.UpdateShortChatMessage
type SharedFields = Pick<
  ShortUpdate,
  | 'out'
  | 'mentioned'
  | 'mediaUnread'
  | 'silent'
  | 'id'
  | 'message'
  | 'date'
  | 'fwdFrom'
  | 'viaBotId'
  | 'replyTo'
  | 'entities'
  | 'ttlPeriod'
>

/** The fields that a short update shares with a message. */
function messageFields(short: ShortUpdate): SharedFields {
  const { out, mentioned, mediaUnread, silent, id, message, date, fwdFrom, viaBotId, replyTo, entities, ttlPeriod } =
    short
  return { out, mentioned, mediaUnread, silent, id, message, date, fwdFrom, viaBotId, replyTo, entities, ttlPeriod }
}

/** The message that an update has changed. */
export function editedMessageOf(update: TlObject | UpdateConnectionState): Api.Message | undefined {
  if (!(update instanceof Api.UpdateEditMessage || update instanceof Api.UpdateEditChannelMessage)) return undefined
  return update.message.className === 'Message' ? update.message : undefined
}
