import * as Api from '../../../generated/api/index.js'
import type { TelegramClient } from '../telegram-client.js'
import { InlineResult } from './inline-result.js'

/** What a bot offers in answer to an inline query. */
export class InlineResults extends Array<InlineResult> {
  readonly result: Api.messages.TypeBotResults
  readonly queryId: Api.long
  /** In seconds. */
  readonly cacheTime: number
  readonly users: Api.TypeUser[]
  /** Whether the results are pictures to be shown side by side. */
  readonly gallery: boolean
  /** What to ask with for more; `undefined` where these are all. */
  readonly nextOffset: string | undefined
  readonly switchPm: Api.TypeInlineBotSwitchPM | undefined
  readonly #validUntilMs: number

  constructor(client: TelegramClient, result: Api.messages.TypeBotResults, entity?: Api.TypeEntityLike) {
    super()
    this.push(...result.results.map((each) => new InlineResult(client, each, result.queryId, entity)))
    this.result = result
    this.queryId = result.queryId
    this.cacheTime = result.cacheTime
    this.users = result.users
    this.gallery = result.gallery
    this.nextOffset = result.nextOffset
    this.switchPm = result.switchPm
    this.#validUntilMs = Date.now() + result.cacheTime * 1000
  }

  /** What `map`, `filter` and the like return is a plain list. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }

  /** Whether the bot still stands by them. */
  resultsValid(): boolean {
    return Date.now() < this.#validUntilMs
  }
}

/**
 * Asks a bot as an app does when its name is typed.
 * @param entity the chat that results are sent to; the bot learns what kind of chat it is
 * @param offset `nextOffset` of the results before these
 * @throws {RpcError} `BOT_RESPONSE_TIMEOUT`, where the bot says nothing; `BOT_INVALID`, for what is no bot
 */
export async function inlineQuery(
  client: TelegramClient,
  bot: Api.TypeEntityLike,
  query: string,
  entity?: Api.TypeEntityLike,
  offset: string = '',
  geoPoint?: Api.TypeInputGeoPoint,
): Promise<InlineResults> {
  const peer = entity === undefined ? new Api.InputPeerSelf() : await client.getInputEntity(entity)
  const request = new Api.messages.GetInlineBotResults({ bot: await client.getInputEntity(bot), peer, query, offset, geoPoint })
  return new InlineResults(client, await client.invoke(request), entity === undefined ? undefined : peer)
}
