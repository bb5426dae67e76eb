import type * as Api from '../../../generated/api/index.js'
import type { Platform } from '../../platform/platform.js'
import { randomUint64 } from '../../platform/random.js'
import { BoundedMap } from '../bounded-map.js'
import { MAX_INLINE_ANSWERS, MAX_INLINE_MESSAGES } from '../limits.js'
import { InlineCache, type InlineQuestion } from './inline-cache.js'
import type { NewMessage } from './messages.js'
import { PendingAnswers } from './pending-answers.js'
import type { WorldChannel, WorldUser } from './peers.js'

/** What is sent of a result that the asking user chooses. */
export type InlineContent = Pick<NewMessage, 'text' | 'entities' | 'media' | 'replyMarkup'>

/** Results of a bot, by their ids, and who has asked for them and may send them. */
export interface InlineAnswer extends InlineQuestion {
  /** Whether the bot was told where the asker is: then nobody else is given the answer. */
  readonly isOfPlace: boolean
  readonly contents: ReadonlyMap<string, InlineContent>
}

/** A message that was sent by way of a bot: its number in the channel, or as its author counts. */
export interface InlineMessage {
  readonly bot: WorldUser
  readonly owner: WorldUser | WorldChannel
  readonly id: number
}

/** What bots are asked: presses of their buttons, and inline queries. */
export class BotQueries {
  readonly presses: PendingAnswers<Api.messages.BotCallbackAnswer>
  readonly inline: PendingAnswers<Api.messages.BotResults>
  /** What bots have answered to inline queries, by the query. */
  readonly inlineAnswers: Map<bigint, InlineAnswer> = new BoundedMap(MAX_INLINE_ANSWERS)
  readonly inlineCache: InlineCache = new InlineCache()
  readonly #inlineMessages = new BoundedMap<bigint, InlineMessage>(MAX_INLINE_MESSAGES)
  readonly #platform: Platform
  readonly #chatInstances = new Map<string, bigint>()

  constructor(platform: Platform) {
    this.#platform = platform
    this.presses = new PendingAnswers(platform)
    this.inline = new PendingAnswers(platform)
  }

  /** What bots know a chat by: the same number for every button in it. */
  chatInstance(chat: string): bigint {
    let instance = this.#chatInstances.get(chat)
    if (instance === undefined) {
      instance = BigInt.asIntN(64, randomUint64(this.#platform.random))
      this.#chatInstances.set(chat, instance)
    }
    return instance
  }

  /** @returns the access hash by which the bot names the message: the same every time. */
  nameOf(message: InlineMessage): bigint {
    for (const [accessHash, { owner, id }] of this.#inlineMessages) {
      if (owner === message.owner && id === message.id) return accessHash
    }
    const accessHash = randomUint64(this.#platform.random) >> 1n
    this.#inlineMessages.set(accessHash, message)
    return accessHash
  }

  inlineMessage(accessHash: bigint): InlineMessage | undefined {
    return this.#inlineMessages.get(accessHash)
  }

  /** Nobody waits any more. */
  end(): void {
    this.presses.end()
    this.inline.end()
  }
}
