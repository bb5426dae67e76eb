import * as Api from '../../../generated/api/index.js'
import { BoundedMap } from '../bounded-map.js'
import { MAX_INLINE_ANSWERS } from '../limits.js'
import type { InlineContent } from './bot-queries.js'
import type { WorldUser } from './peers.js'

/** What a bot is asked, by whom. */
export interface InlineQuestion {
  readonly bot: WorldUser
  readonly askerId: bigint
  readonly query: string
  readonly offset: string
  /** In which kind of chat; a bot may answer differently there. */
  readonly peerType: string | undefined
}

/** What a bot has answered: as it is shown, and what is sent of it, by the results' ids. */
export interface InlineResults {
  readonly shown: Api.messages.BotResults
  readonly contents: ReadonlyMap<string, InlineContent>
}

interface Kept extends InlineResults {
  /** Unix time in seconds. */
  readonly until: number
}

/** Answers to inline queries that are given again, for as long as their bots allow. */
export class InlineCache {
  readonly #answers = new BoundedMap<string, Kept>(MAX_INLINE_ANSWERS)

  /** @param isPersonal for who has asked, alone */
  keep(question: InlineQuestion, results: InlineResults, isPersonal: boolean, until: number): void {
    this.#answers.set(keyOf(question, isPersonal), { ...results, until })
  }

  find(question: InlineQuestion, now: number): InlineResults | undefined {
    const kept = [true, false].map((isPersonal) => this.#answers.get(keyOf(question, isPersonal)))
    return kept.find((each) => each !== undefined && each.until > now)
  }
}

function keyOf({ bot, askerId, query, offset, peerType }: InlineQuestion, isPersonal: boolean): string {
  return JSON.stringify([String(bot.id), isPersonal ? String(askerId) : null, query, offset, peerType])
}
