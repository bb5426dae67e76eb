import type * as Api from '../../../generated/api/index.js'
import { RpcError } from '../../errors/rpc-error.js'
import type { Platform } from '../../platform/platform.js'
import { randomUint64 } from '../../platform/random.js'
import { BOT_RESPONSE_MS } from '../limits.js'

type Answer = Api.messages.BotCallbackAnswer | RpcError

interface Pending {
  readonly botId: bigint
  readonly settle: (answer: Answer) => void
}

/** Presses of buttons that wait for their bots. */
export class BotQueries {
  readonly #platform: Platform
  readonly #pending = new Map<bigint, Pending>()
  readonly #chatInstances = new Map<string, bigint>()

  constructor(platform: Platform) {
    this.#platform = platform
  }

  /** @returns the query's id for the bot, and what it will answer: 502 BOT_RESPONSE_TIMEOUT where it never does. */
  ask(botId: bigint): { readonly queryId: bigint; readonly answer: Promise<Answer> } {
    const queryId = randomUint64(this.#platform.random) >> 1n
    const answer = new Promise<Answer>((resolve) => {
      const settle = (result: Answer): void => {
        cancel()
        this.#pending.delete(queryId)
        resolve(result)
      }
      const late = (): void => settle(new RpcError(502, 'BOT_RESPONSE_TIMEOUT'))
      const cancel = this.#platform.timers.set(BOT_RESPONSE_MS, late)
      this.#pending.set(queryId, { botId, settle })
    })
    return { queryId, answer }
  }

  /** @returns false where this bot was not asked, or has answered already. */
  answer(queryId: bigint, botId: bigint, answer: Api.messages.BotCallbackAnswer): boolean {
    const pending = this.#pending.get(queryId)
    if (pending?.botId !== botId) return false
    pending.settle(answer)
    return true
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

  /** Nobody waits any more. */
  end(): void {
    for (const { settle } of this.#pending.values()) settle(new RpcError(502, 'BOT_RESPONSE_TIMEOUT'))
  }
}
