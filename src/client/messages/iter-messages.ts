import * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import type { DateLike } from '../../tl/argument-values.js'
import { sleep, type TotalList } from '../compat/helpers.js'
import { RequestIter } from '../request-iter.js'
import type { TelegramClient } from '../telegram-client.js'
import { entitiesOf } from './entities-of.js'
import { messagesById, type MessageIds } from './messages-by-id.js'
import { MessagePages, PAGE } from './message-pages.js'
import { scheduledMessages } from './scheduled-messages.js'
import { withShortcuts, type EventMessage } from './shortcuts.js'

export interface IterMessagesParams {
  /** At most so many; left out, all. With 0, nothing but the `total` is asked for. */
  readonly limit?: number | undefined
  /** Messages before this moment; with `reverse`, from it on. */
  readonly offsetDate?: DateLike | undefined
  /** Messages before this one; with `reverse`, after it. */
  readonly offsetId?: number | undefined
  /** Messages with lower ids alone. */
  readonly maxId?: number | undefined
  /** Messages with higher ids alone. */
  readonly minId?: number | undefined
  /** So many messages further on. */
  readonly addOffset?: number | undefined
  /** Messages with this text. */
  readonly search?: string | undefined
  /** Messages of one kind: `Api.InputMessagesFilterPhotos`, or an object of such a class. */
  readonly filter?: Api.TypeMessagesFilter | FilterClass | undefined
  readonly fromUser?: Api.TypeEntityLike | undefined
  /** Seconds between two requests. Default 1 where more than 3,000 messages are wanted. */
  readonly waitTime?: number | undefined
  /** These messages and no others, in this order; what is gone is `undefined`. */
  readonly ids?: MessageIds | undefined
  /** Oldest first. */
  readonly reverse?: boolean | undefined
  /** What was said in answer to this post or in this topic. */
  readonly replyTo?: number | undefined
  /** What this account is going to say in the chat, what is due last first. All else but `limit` and `reverse` is disregarded. */
  readonly scheduled?: boolean | undefined
}

type FilterClass = new (args: never) => Api.TypeMessagesFilter

/** From so many messages on, requests are a second apart: the server would have them wait longer. */
const MANY = 3000

/**
 * The messages of a chat, newest first; without `entity`, of all chats, where there is something to search for.
 * @throws {LocalError} `argument`, on the first step, when `reverse` or `scheduled` is asked for in all chats.
 * @see https://core.telegram.org/api/offsets
 */
export function iterMessages(
  client: TelegramClient,
  entity: Api.TypeEntityLike | undefined,
  params: IterMessagesParams = {},
): RequestIter<EventMessage> {
  const generate = params.scheduled === true ? scheduled : params.ids === undefined ? messages : byId
  return new RequestIter((iter) => generate(client, entity, params, iter))
}

/** The same as a list. Existing code that gives `minId` or `maxId` and nothing else expects one message. */
export function getMessages(
  client: TelegramClient,
  entity: Api.TypeEntityLike | undefined,
  params: IterMessagesParams = {},
): Promise<TotalList<EventMessage>> {
  const given = Object.entries(params).filter(([, value]) => value !== undefined)
  const isBoundAlone = given.length === 1 && /^m(?:in|ax)Id$/.test(given[0]![0])
  return iterMessages(client, entity, isBoundAlone ? { ...params, limit: 1 } : params).collect()
}

async function* scheduled(
  client: TelegramClient,
  entity: Api.TypeEntityLike | undefined,
  { limit, reverse }: IterMessagesParams,
  iter: RequestIter<EventMessage>,
): AsyncGenerator<EventMessage, void, undefined> {
  if (entity === undefined) throw new LocalError('argument', 'scheduled: expected a chat, got none')
  const all = await scheduledMessages(client, entity)
  iter.total = all.length
  yield* (reverse === true ? all.reverse() : all).slice(0, limit)
}

async function* byId(
  client: TelegramClient,
  entity: Api.TypeEntityLike | undefined,
  { ids, reverse }: IterMessagesParams,
  iter: RequestIter<EventMessage>,
): AsyncGenerator<EventMessage, void, undefined> {
  const wanted = Array.isArray(ids) ? [...(ids as readonly number[])] : [ids as number]
  iter.total = wanted.length
  const found = messagesById(client, entity, reverse === true ? wanted.reverse() : wanted)
  // Existing code expects a place for each id.
  for await (const message of found) yield message as EventMessage
}

async function* messages(
  client: TelegramClient,
  entity: Api.TypeEntityLike | undefined,
  params: IterMessagesParams,
  iter: RequestIter<EventMessage>,
): AsyncGenerator<EventMessage, void, undefined> {
  const { limit = Infinity, reverse = false, minId = 0, maxId = 0, waitTime = limit > MANY ? 1 : 0 } = params
  if (entity === undefined && reverse) throw new LocalError('argument', 'reverse: a search in all chats has one order, the newest first')
  const peer = entity === undefined ? undefined : await client.getInputEntity(entity)
  const pages = await MessagePages.of(client, peer, params)
  let left = limit
  let last = reverse ? 0 : Infinity
  for (;;) {
    const asked = Math.min(Math.max(left, 1), PAGE)
    const answer = await pages.next(asked)
    iter.total = 'count' in answer ? answer.count : answer.messages.length
    if (answer.className === 'messages.MessagesNotModified') return
    const entities = entitiesOf(answer)
    const page = reverse ? [...answer.messages].reverse() : answer.messages
    for (const message of page) {
      if (message.className === 'MessageEmpty') continue
      // Ids of different chats say nothing about each other.
      if (peer !== undefined && (reverse ? message.id <= last : message.id >= last)) continue
      if (message.id <= minId || (maxId !== 0 && message.id >= maxId)) return
      if (left-- <= 0) return
      last = message.id
      yield withShortcuts(message, client, entities)
    }
    if (left <= 0 || answer.messages.length < asked || !pages.goOn(answer)) return
    if (waitTime > 0) await sleep(waitTime * 1000)
  }
}
