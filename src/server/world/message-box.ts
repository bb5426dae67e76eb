import * as Api from '../../../generated/api/index.js'
import type { WorldPeer } from './peers.js'
import { UpdateLog } from './update-log.js'

/** What somebody says to a message without words. */
export interface Reacted {
  readonly reactions: readonly Api.TypeReaction[]
  /** Unix time in seconds. */
  readonly date: number
}

/** What lies in a box: what somebody has written, or what the service says has happened. */
export type BoxMessage = Api.Message | Api.MessageService

/** What a message is a copy of. */
export interface Origin {
  readonly author: bigint
  /** The message's id in each user's box; empty where a channel has the only one. */
  readonly ids: ReadonlyMap<bigint, number>
  /** What accounts say to it without words; all copies share it. */
  readonly reactions: Map<bigint, Reacted>
}

/** The messages of a user or of a channel, by their ids, and the log of what happened to them. */
export class MessageBox {
  readonly log: UpdateLog = new UpdateLog()
  /** Encrypted chats and bots count some events on their own, by `qts`. */
  readonly secretLog: UpdateLog = new UpdateLog(0)
  readonly messages: Map<number, BoxMessage> = new Map()
  readonly origins: Map<number, Origin> = new Map()
  /** The last message that the account has read, by chat. */
  readonly readUpTo: Map<WorldPeer, number> = new Map()
  /** The last message of the account that the other side has read, by private chat. */
  readonly readByOthers: Map<WorldPeer, number> = new Map()
  #lastId = 0

  get lastId(): number {
    return this.#lastId
  }

  nextId(): number {
    return ++this.#lastId
  }

  /** A message that somebody has written; those of the service are none. */
  written(id: number): Api.Message | undefined {
    const message = this.messages.get(id)
    return message instanceof Api.Message ? message : undefined
  }

  /** Messages newest first that satisfy `wanted`, from below `offsetId` (0: from the newest). */
  history(wanted: (message: BoxMessage) => boolean, offsetId: number, limit: number): BoxMessage[] {
    const found: BoxMessage[] = []
    for (let id = offsetId === 0 ? this.#lastId : offsetId - 1; id > 0 && found.length < limit; id--) {
      const message = this.messages.get(id)
      if (message && wanted(message)) found.push(message)
    }
    return found
  }
}
