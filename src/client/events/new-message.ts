import * as Api from '../../../generated/api/index.js'
import bigInt, { type BigInteger } from 'big-integer'
import { markedId } from '../../entities/convert.js'
import type { TlObject } from '../../tl/object.js'
import type { EventBuilder, EventClient, UpdateConnectionState } from './builder.js'

export interface NewMessageInterface {
  /** Messages in these chats alone; with `blacklistChats`, in all others. */
  readonly chats?: readonly Api.TypeEntityLike[]
  readonly blacklistChats?: boolean
  readonly fromUsers?: readonly Api.TypeEntityLike[]
  /** Messages of others, or of this account. Left out: both. */
  readonly incoming?: boolean
  readonly outgoing?: boolean
  /** Forwarded messages alone, or none. */
  readonly forwards?: boolean
  /** What the text has to match; `patternMatch` of the event is the match. */
  readonly pattern?: RegExp
  readonly func?: (event: NewMessageEvent) => boolean | Promise<boolean>
}

/** A message that has just come, or been sent by this account. */
export class NewMessageEvent {
  readonly message: Api.Message
  readonly originalUpdate: TlObject
  readonly client: EventClient | undefined
  patternMatch: RegExpMatchArray | undefined

  constructor(message: Api.Message, originalUpdate: TlObject, client?: EventClient) {
    this.message = message
    this.originalUpdate = originalUpdate
    this.client = client
  }

  /** The chat's id with its mark, as `getPeerId` gives it. */
  get chatId(): BigInteger | undefined {
    return idOf(this.message.peerId)
  }

  get senderId(): BigInteger | undefined {
    // In private chats and channels the sender is not repeated.
    return idOf(this.message.fromId ?? this.message.peerId)
  }

  get isPrivate(): boolean {
    return this.message.peerId.className === 'PeerUser'
  }

  get isGroup(): boolean {
    return this.message.peerId.className === 'PeerChat'
  }

  get isChannel(): boolean {
    return this.message.peerId.className === 'PeerChannel'
  }
}

/** New messages, filtered: `client.addEventHandler(handler, new NewMessage({ pattern: /^\/start/ }))`. */
export class NewMessage implements EventBuilder<NewMessageEvent> {
  readonly #params: NewMessageInterface
  #client: EventClient | undefined
  #chats: ReadonlySet<string> | undefined
  #fromUsers: ReadonlySet<string> | undefined

  constructor(params: NewMessageInterface = {}) {
    this.#params = params
  }

  async prepare(client: EventClient): Promise<void> {
    this.#client = client
    const ids = async (peers: readonly Api.TypeEntityLike[] | undefined): Promise<ReadonlySet<string> | undefined> =>
      peers === undefined ? undefined : new Set(await Promise.all(peers.map((peer) => client.getPeerId(peer))))
    ;[this.#chats, this.#fromUsers] = [await ids(this.#params.chats), await ids(this.#params.fromUsers)]
  }

  build(update: TlObject | UpdateConnectionState): NewMessageEvent | undefined {
    const message = messageOf(update)
    return message === undefined ? undefined : new NewMessageEvent(message, update as TlObject, this.#client)
  }

  async filter(event: NewMessageEvent): Promise<boolean> {
    const { incoming, outgoing, forwards, pattern, blacklistChats, func } = this.#params
    const { message } = event
    if (incoming !== outgoing && message.out !== (outgoing ?? !incoming)) return false
    if (forwards !== undefined && (message.fwdFrom !== undefined) !== forwards) return false
    if (this.#chats !== undefined && this.#chats.has(String(event.chatId)) === (blacklistChats === true)) return false
    if (this.#fromUsers !== undefined && !this.#fromUsers.has(String(event.senderId))) return false
    if (pattern !== undefined) {
      const match = message.message.match(pattern)
      if (match === null) return false
      event.patternMatch = match
    }
    return func === undefined || (await func(event)) === true
  }
}

function messageOf(update: TlObject | UpdateConnectionState): Api.Message | undefined {
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

function idOf(peer: Api.TypePeer): BigInteger | undefined {
  const marked = markedId(peer)
  return marked === undefined ? undefined : bigInt(marked)
}
