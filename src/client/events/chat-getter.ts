import type * as Api from '../../../generated/api/index.js'
import bigInt, { type BigInteger } from 'big-integer'
import { markedId } from '../../entities/convert.js'
import type { Entity } from '../../entities/get-entities.js'
import { LocalError } from '../../errors/errors.js'
import type { TelegramClient } from '../telegram-client.js'

export interface ChatGetterParams {
  readonly chatPeer?: Api.TypePeer | undefined
  /** Whether the chat is a channel where only admins write; `undefined` where nobody knows. */
  readonly broadcast?: boolean | undefined
}

/** The chat that an event or a message is in: known by its id at once, and asked for when somebody wants more. */
export class ChatGetter {
  readonly #peer: Api.TypePeer | undefined
  readonly #broadcast: boolean | undefined
  #client: TelegramClient | undefined
  #chat: Entity | undefined
  #inputChat: Api.TypeInputPeer | undefined

  constructor({ chatPeer, broadcast }: ChatGetterParams = {}) {
    this.#peer = chatPeer
    this.#broadcast = broadcast
  }

  /** The client that the event came to. */
  get client(): TelegramClient | undefined {
    return this.#client
  }

  /** Called by the client before anybody sees the event. */
  _setClient(client: TelegramClient): void {
    this.#client = client
  }

  /** Takes the users and chats that came with the message, by marked id: nobody has to ask for them. */
  _know(entities: ReadonlyMap<string, Entity>): void {
    this.#chat ??= entities.get(String(this.chatId))
  }

  /** With its mark, as `client.getPeerId()` gives it: `-4` for groups, `-1001234567890` for channels. */
  get chatId(): BigInteger | undefined {
    return idOf(this.#peer)
  }

  get isPrivate(): boolean | undefined {
    return this.#peer && this.#peer.className === 'PeerUser'
  }

  /** Basic groups and supergroups; `undefined` while nobody knows whether a channel is one. */
  get isGroup(): boolean | undefined {
    if (this.#peer?.className !== 'PeerChannel') return this.#peer?.className === 'PeerChat'
    const chat = this.#chat
    const broadcast = chat?.className === 'Channel' ? chat.broadcast : this.#broadcast
    return broadcast === undefined ? undefined : !broadcast
  }

  /** Channels and supergroups. */
  get isChannel(): boolean {
    return this.#peer?.className === 'PeerChannel'
  }

  /** The user, group or channel, as the server has shown it with the message or event; or as `getChat()` has found it. */
  get chat(): Entity | undefined {
    return this.#chat
  }

  /** The same; the server is asked where it has not shown all of it. `undefined` where it cannot be found. */
  async getChat(): Promise<Entity | undefined> {
    this.#chat = await whole(this.#chat, this.#peer, this.#client)
    return this.#chat
  }

  /** The chat as requests need it, where the session has met it; or as `getInputChat()` has found it. */
  get inputChat(): Api.TypeInputPeer | undefined {
    return this.#inputChat ?? metPeer(this.#peer, this.#client)
  }

  /** The chat as requests need it; costs no call when the session has met it. */
  async getInputChat(): Promise<Api.TypeInputPeer | undefined> {
    const peer = this.#peer
    if (peer !== undefined) this.#inputChat ??= await unlessUnknown(this.#client?.getInputEntity(peer))
    return this.#inputChat
  }
}

export function idOf(peer: Api.TypePeer | undefined): BigInteger | undefined {
  const marked = peer && markedId(peer)
  return marked === undefined ? undefined : bigInt(marked)
}

/** An entity as it is known, unless nothing is known, or the server has said no more than what a group shows of it. */
export async function whole(
  known: Entity | undefined,
  peer: Api.TypePeer | 'me' | undefined,
  client: TelegramClient | undefined,
): Promise<Entity | undefined> {
  const isWhole = known !== undefined && (known as { readonly min?: boolean }).min !== true
  return isWhole || peer === undefined ? known : ((await unlessUnknown(client?.getEntity(peer))) ?? known)
}

/** A peer as requests need it, where the client's session has met it. */
export function metPeer(peer: Api.TypePeer | undefined, client: TelegramClient | undefined): Api.TypeInputPeer | undefined {
  try {
    return peer && client?.session.getInputEntity(peer)
  } catch (error) {
    return undefinedIfUnknown(error)
  }
}

/** `undefined` in place of the error that a peer cannot be found. */
export async function unlessUnknown<T>(lookup: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await lookup
  } catch (error) {
    return undefinedIfUnknown(error)
  }
}

function undefinedIfUnknown(error: unknown): undefined {
  if (!(error instanceof LocalError && error.failure === 'entity')) throw error
}
