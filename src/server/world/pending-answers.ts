import { RpcError } from '../../errors/rpc-error.js'
import type { Platform } from '../../platform/platform.js'
import { randomUint64 } from '../../platform/random.js'
import { BOT_RESPONSE_MS } from '../limits.js'

interface Pending<Answer> {
  readonly botId: bigint
  readonly settle: (answer: Answer | RpcError) => void
}

/** Questions of one kind that wait for their bots. */
export class PendingAnswers<Answer> {
  readonly #platform: Platform
  readonly #pending = new Map<bigint, Pending<Answer>>()

  constructor(platform: Platform) {
    this.#platform = platform
  }

  /** @returns the query's id for the bot, and what it will answer: 502 BOT_RESPONSE_TIMEOUT where it never does. */
  ask(botId: bigint): { readonly queryId: bigint; readonly answer: Promise<Answer | RpcError> } {
    const queryId = randomUint64(this.#platform.random) >> 1n
    const answer = new Promise<Answer | RpcError>((resolve) => {
      const settle = (result: Answer | RpcError): void => {
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
  answer(queryId: bigint, botId: bigint, answer: Answer): boolean {
    const pending = this.#pending.get(queryId)
    if (pending?.botId !== botId) return false
    pending.settle(answer)
    return true
  }

  /** Nobody waits any more. */
  end(): void {
    for (const { settle } of this.#pending.values()) settle(new RpcError(502, 'BOT_RESPONSE_TIMEOUT'))
  }
}
