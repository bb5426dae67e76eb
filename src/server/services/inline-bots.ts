import * as Api from '../../../generated/api/index.js'
import type { InlineAnswer, InlineMessage } from '../world/bot-queries.js'
import { editMessage } from '../world/message-changes.js'
import { sendMessage } from '../world/messages.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import type { HandlerContext } from './context.js'
import { keepDraft } from './drafts.js'
import { inlineResult } from './inline-results.js'
import { callerOf, findUser, peerOf, type InputField } from './input-peers.js'
import { toBigInt } from './longs.js'
import { changeOf } from './message-changes.js'
import { repliedTo, writable } from './messages.js'
import { geoPoint } from './plain-media.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'
import { laterDate } from './scheduled.js'
import { sendOnce } from './send-once.js'
import { sentUpdates } from './sent-updates.js'
import { tellBot } from './tell-bot.js'

const MAX_RESULTS = 50
const MAX_RESULT_ID_BYTES = 64

/**
 * Questions to bots from any chat, and messages that are sent by way of a bot, which is told of each. A bot is not asked
 * again while its last answer to the same may still be given.
 * @see https://core.telegram.org/api/bots/inline
 */
export function addInlineBotServices(services: ServiceRegistry): void {
  services.on(Api.messages.GetInlineBotResults, 'account', (request, context) => {
    const { world, now } = context
    const asker = callerOf(context)
    const bot = botOf(request.bot, context)
    const { query, offset, geoPoint: place } = request
    const { inline, inlineAnswers, inlineCache } = world.botQueries
    const peerType = request.peer instanceof Api.InputPeerEmpty ? undefined : kindOf(peerOf(context, request.peer), bot)
    const question = { bot, askerId: asker.id, query, offset, peerType: peerType?.className, isOfPlace: place !== undefined }
    const kept = question.isOfPlace ? undefined : inlineCache.find(question, now)
    if (kept) {
      const queryId = world.randomId()
      inlineAnswers.set(queryId, { ...question, contents: kept.contents })
      return new Api.messages.BotResults({ ...kept.shown, queryId })
    }
    const { queryId, answer } = inline.ask(bot.id)
    inlineAnswers.set(queryId, { ...question, contents: new Map() })
    const update = new Api.UpdateBotInlineQuery({
      queryId,
      userId: asker.id,
      query,
      offset,
      geo: place && geoPoint(place),
      peerType,
    })
    tellBot(bot, update, [asker], world)
    return answer
  })

  services.on(Api.messages.SetInlineBotResults, 'account', (request, context) => {
    const bot = callerOf(context)
    if (!bot.bot) refuse(400, 'USER_BOT_REQUIRED')
    const { inline, inlineAnswers, inlineCache } = context.world.botQueries
    const { gallery, nextOffset, switchPm, switchWebview, cacheTime } = request
    const queryId = toBigInt(request.queryId)
    const asked = inlineAnswers.get(queryId)
    if (asked?.bot !== bot) refuse(400, 'QUERY_ID_INVALID')
    checkIds(request.results)
    const results = request.results.map((result) => inlineResult(result, context))
    const shown = results.map((result) => result.shown)
    const more = { gallery, nextOffset, switchPm, switchWebview, cacheTime }
    const answer = new Api.messages.BotResults({ queryId, results: shown, users: [], ...more })
    if (!inline.answer(queryId, bot.id, answer)) refuse(400, 'QUERY_ID_INVALID')
    const contents = new Map(results.map(({ content }, i) => [shown[i]!.id, content]))
    inlineAnswers.set(queryId, { ...asked, contents })
    if (cacheTime > 0 && !asked.isOfPlace) inlineCache.keep(asked, { shown: answer, contents }, request.private, context.now + cacheTime)
    return true
  })

  services.on(Api.messages.SendInlineBotResult, 'account', (request, context) => {
    const { world } = context
    const from = callerOf(context)
    const answer = world.botQueries.inlineAnswers.get(toBigInt(request.queryId))
    if (answer?.askerId !== from.id) refuse(400, 'QUERY_ID_INVALID')
    const content = answer.contents.get(request.id) ?? refuse(400, 'RESULT_ID_INVALID')
    const to = writable(context, request.peer, from)
    // The bot is told which message was sent: there has to be one.
    if (laterDate(request.scheduleDate, to, 1, context) !== undefined) refuse(400, 'SCHEDULE_DATE_INVALID')
    const sent = sendOnce([request.randomId], context, () =>
      sendMessage(world, {
        from,
        to,
        ...content,
        viaBotId: request.hideVia ? undefined : answer.bot.id,
        silent: request.silent,
        replyToMsgId: repliedTo(request.replyTo),
        exceptKeyId: context.key.id,
      }),
    )
    if (request.clearDraft) keepDraft(to, undefined, context)
    tellSent(answer, request.id, { bot: answer.bot, owner: to.kind === 'channel' ? to : from, id: sent.message.id }, context)
    return sentUpdates([sent], [request.randomId], [from, to], context)
  })

  services.on(Api.messages.EditInlineBotMessage, 'account', (request, context) => {
    const bot = callerOf(context)
    const sent = context.world.botQueries.inlineMessage(toBigInt(request.id.accessHash))
    const message = sent?.owner.box.written(sent.id)
    if (sent?.bot !== bot || !message) refuse(400, 'MESSAGE_ID_INVALID')
    const change = changeOf(request, message, context)
    const [channel, user] = sent.owner.kind === 'channel' ? [sent.owner, bot] : [undefined, sent.owner]
    editMessage(context.world, { user }, channel, sent.id, change)
    return true
  })
}

/** How a bot names a message that was sent by way of it. */
export function inlineMessageId(message: InlineMessage, { world, dc }: HandlerContext): Api.InputBotInlineMessageID64 {
  const { owner, id } = message
  // A channel stands there as a negative number.
  const ownerId = owner.kind === 'channel' ? -owner.id : owner.id
  return new Api.InputBotInlineMessageID64({ dcId: dc.id, ownerId, id, accessHash: world.botQueries.nameOf(message) })
}

/** @throws {RpcError} 400 BOT_INVALID */
function botOf(input: InputField, context: HandlerContext): WorldUser {
  const bot = findUser(context, input)
  return bot?.bot === true ? bot : refuse(400, 'BOT_INVALID')
}

function kindOf(peer: WorldPeer, bot: WorldUser): Api.TypeInlineQueryPeerType {
  if (peer === bot) return new Api.InlineQueryPeerTypeSameBotPM()
  if (peer.kind === 'chat') return new Api.InlineQueryPeerTypeChat()
  if (peer.kind === 'user') return peer.bot ? new Api.InlineQueryPeerTypeBotPM() : new Api.InlineQueryPeerTypePM()
  return peer.megagroup ? new Api.InlineQueryPeerTypeMegagroup() : new Api.InlineQueryPeerTypeBroadcast()
}

/** @throws {RpcError} 400 RESULTS_TOO_MUCH, RESULT_ID_EMPTY, RESULT_ID_INVALID, RESULT_ID_DUPLICATE */
function checkIds(results: readonly Api.TypeInputBotInlineResult[]): void {
  if (results.length > MAX_RESULTS) refuse(400, 'RESULTS_TOO_MUCH')
  const ids = results.map(({ id }) => id)
  if (ids.includes('')) refuse(400, 'RESULT_ID_EMPTY')
  if (ids.some((id) => new TextEncoder().encode(id).length > MAX_RESULT_ID_BYTES)) refuse(400, 'RESULT_ID_INVALID')
  if (new Set(ids).size < ids.length) refuse(400, 'RESULT_ID_DUPLICATE')
}

/** The bot learns which result was sent; how the message is called, where it has buttons that may be changed. */
function tellSent({ bot, askerId, query }: InlineAnswer, id: string, message: InlineMessage, context: HandlerContext): void {
  const { replyMarkup } = message.owner.box.written(message.id)!
  const msgId = replyMarkup === undefined ? undefined : inlineMessageId(message, context)
  const update = new Api.UpdateBotInlineSend({ userId: askerId, query, id, msgId })
  tellBot(bot, update, [context.world.users.get(askerId)], context.world)
}
