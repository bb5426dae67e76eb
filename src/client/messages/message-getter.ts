import type * as Api from '../../../generated/api/index.js'
import type { Entity } from '../../entities/get-entities.js'
import { SenderGetter } from '../events/sender-getter.js'
import type { TelegramClient } from '../telegram-client.js'
import { Forward } from './forward.js'

/** What is known of a message besides its fields. */
interface Companion {
  readonly getter: MessageGetter
  patternMatch?: RegExpMatchArray
  /** It waits for its time, under an id that another message may have as well. */
  isScheduled?: boolean
}

/** Messages own their fields and nothing else. */
const companions = new WeakMap<object, Companion>()

export function companionOf(message: Api.Message | Api.MessageService): Companion {
  let companion = companions.get(message)
  if (companion === undefined) {
    companion = { getter: new MessageGetter(message) }
    companions.set(message, companion)
  }
  return companion
}

/** The chat and the sender of a message, and of the one that it was forwarded from. */
class MessageGetter extends SenderGetter {
  readonly forward: Forward | undefined
  #known: ReadonlyMap<string, Entity> = new Map()

  constructor(message: Api.Message | Api.MessageService) {
    const { peerId, fromId, out, post } = message
    // In private chats and channels the sender is not repeated.
    const isPeer = post || (!out && peerId.className === 'PeerUser')
    super({
      chatPeer: peerId,
      broadcast: post === true,
      senderPeer: fromId ?? (isPeer ? peerId : undefined),
      out: out === true,
    })
    const { fwdFrom } = message as Partial<Api.Message>
    this.forward = fwdFrom && new Forward(fwdFrom)
  }

  override _setClient(client: TelegramClient): void {
    super._setClient(client)
    this.forward?._setClient(client)
  }

  /** The users and chats that came with the message, by marked id. */
  get known(): ReadonlyMap<string, Entity> {
    return this.#known
  }

  override _know(entities: ReadonlyMap<string, Entity>): void {
    super._know(entities)
    this.#known = entities
    this.forward?._know(entities)
  }
}
