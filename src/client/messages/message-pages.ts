import * as Api from '../../../generated/api/index.js'
import { seconds } from '../../tl/argument-values.js'
import type { TelegramClient } from '../telegram-client.js'
import type { IterMessagesParams } from './iter-messages.js'

/** The most that a server gives at once. */
export const PAGE = 100

/** Where a page begins. */
interface Offset {
  readonly offsetId: number
  /** In unix seconds; 0 where `offsetId` says it all. */
  readonly offsetDate: number
  readonly addOffset: number
}

type AskPage = (offset: Offset, limit: number) => Promise<Api.messages.TypeMessages>

/** The pages of a history, of the answers to a post or of a search, one request each. */
export class MessagePages {
  readonly #ask: AskPage
  readonly #reverse: boolean
  #offset: Offset

  private constructor(ask: AskPage, reverse: boolean, offset: Offset) {
    this.#ask = ask
    this.#reverse = reverse
    this.#offset = offset
  }

  /** @param peer the chat; `undefined` for all of them. */
  static async of(
    client: TelegramClient,
    peer: Api.TypeInputPeer | undefined,
    params: IterMessagesParams,
  ): Promise<MessagePages> {
    const { reverse = false, offsetId = 0, minId = 0, maxId = 0, addOffset = 0 } = params
    const offsetDate = params.offsetDate === undefined ? 0 : seconds(params.offsetDate)
    const bound = reverse ? Math.max(offsetId, minId) : Math.min(offsetId || maxId, maxId || offsetId)
    // Upwards, a page begins with the message that the offset names, so that this is the one after the bound.
    const first = reverse ? (bound === 0 && offsetDate !== 0 ? 0 : bound + 1) : bound
    const offset = { offsetId: first, offsetDate, addOffset }
    return new MessagePages(await questionOf(client, peer, params, offset), reverse, offset)
  }

  /** The next messages, newest first whatever the direction. */
  next(limit: number): Promise<Api.messages.TypeMessages> {
    const { addOffset, ...from } = this.#offset
    return this.#ask({ ...from, addOffset: this.#reverse ? addOffset - limit : addOffset }, limit)
  }

  /** Goes on behind this page. @returns `false` where there is nothing to go on from. */
  goOn({ messages }: { readonly messages: readonly Api.TypeMessage[] }): boolean {
    const last = this.#reverse ? messages[0] : messages.at(-1)
    if (last === undefined) return false
    this.#offset = { offsetId: this.#reverse ? last.id + 1 : last.id, offsetDate: 0, addOffset: 0 }
    return true
  }
}

/** The request that is to be repeated with one offset after another. */
async function questionOf(
  client: TelegramClient,
  peer: Api.TypeInputPeer | undefined,
  { search, filter, fromUser, replyTo }: IterMessagesParams,
  { offsetId, offsetDate }: Offset,
): Promise<AskPage> {
  const kind = typeof filter === 'function' ? new filter({} as never) : (filter ?? new Api.InputMessagesFilterEmpty())
  const isAnyKind = kind.className === 'InputMessagesFilterEmpty'
  const fromId = fromUser === undefined ? undefined : await client.getInputEntity(fromUser)
  const bounds = { maxId: 0, minId: 0, hash: 0 }
  if (peer === undefined && fromId === undefined) return searchGlobally(client, search ?? '', kind)
  const where = peer ?? new Api.InputPeerEmpty()
  if (replyTo !== undefined) {
    return (offset, limit) =>
      client.invoke(new Api.messages.GetReplies({ peer: where, msgId: replyTo, ...offset, limit, ...bounds }))
  }
  if (search === undefined && isAnyKind && fromId === undefined) {
    return (offset, limit) => client.invoke(new Api.messages.GetHistory({ peer: where, ...offset, limit, ...bounds }))
  }
  // A search for a kind knows no dates: it begins at the message that is the first before that.
  const isByDate = !isAnyKind && offsetDate !== 0 && offsetId === 0 && !search
  const [before] = isByDate ? await client.getMessages(where, { limit: 1, offsetDate }) : []
  return (offset, limit) =>
    client.invoke(
      new Api.messages.Search({
        peer: where,
        q: search ?? '',
        filter: kind,
        fromId,
        minDate: 0,
        maxDate: offset.offsetDate,
        offsetId: offset.offsetId === 0 && before !== undefined ? before.id + 1 : offset.offsetId,
        addOffset: offset.addOffset,
        limit,
        ...bounds,
      }),
    )
}

/** Pages of a search in all chats go on by the rate, the chat and the id of the last message. */
function searchGlobally(client: TelegramClient, q: string, filter: Api.TypeMessagesFilter): AskPage {
  let last: { offsetRate: number; offsetPeer: Api.TypeInputPeer } = { offsetRate: 0, offsetPeer: new Api.InputPeerEmpty() }
  return async ({ offsetId, offsetDate }, limit) => {
    const answer = await client.invoke(
      new Api.messages.SearchGlobal({ q, filter, minDate: 0, maxDate: offsetDate, ...last, offsetId, limit }),
    )
    const message = answer.className === 'messages.MessagesNotModified' ? undefined : answer.messages.at(-1)
    if (message?.peerId !== undefined) {
      const offsetRate = (answer.className === 'messages.MessagesSlice' ? answer.nextRate : undefined) ?? last.offsetRate
      last = { offsetRate, offsetPeer: await client.getInputEntity(message.peerId) }
    }
    return answer
  }
}
