import * as Api from '../../../generated/api/index.js'
import { equalConstantTime } from '../../bytes/equal.js'
import type { InlineMessage } from '../world/bot-queries.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import { apiPeer } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { inlineMessageId } from './inline-bots.js'
import { callerOf, peerOf } from './input-peers.js'
import { toBigInt } from './longs.js'
import { boxOf, messageOf } from './message-of.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'
import { tellBot } from './tell-bot.js'

const MAX_ANSWER = 200

/**
 * Presses of inline buttons: the bot is told, and its answer is the answer to who pressed.
 * @see https://core.telegram.org/api/bots/buttons#callback-queries
 */
export function addBotQueryServices(services: ServiceRegistry): void {
  services.on(Api.messages.GetBotCallbackAnswer, 'account', (request, context) => {
    const { world } = context
    const presser = callerOf(context)
    const peer = peerOf(context, request.peer)
    const { message, bot, msgId, inline } = pressed(context, presser, peer, request.msgId)
    const { data } = request
    if (data === undefined || !buttonData(message).some((each) => equalConstantTime(each, data)))
      refuse(400, 'DATA_INVALID')
    const { queryId, answer } = world.botQueries.presses.ask(bot.id)
    const chatInstance = world.botQueries.chatInstance(chatName(peer, presser))
    const query = { queryId, userId: presser.id, chatInstance, data }
    // In a private chat, the bot sees the one who pressed on the other side.
    const chat = peer.kind === 'user' ? presser : peer
    const update = inline
      ? new Api.UpdateInlineBotCallbackQuery({ ...query, msgId: inlineMessageId(inline, context) })
      : new Api.UpdateBotCallbackQuery({ ...query, peer: apiPeer(chat), msgId })
    tellBot(bot, update, inline ? [presser] : [presser, chat], world)
    return answer
  })

  services.on(Api.messages.SetBotCallbackAnswer, 'account', (request, { world, user }) => {
    if (user?.bot !== true) refuse(400, 'USER_BOT_REQUIRED')
    const { queryId, alert, message, url, cacheTime } = request
    if (message !== undefined && message.length > MAX_ANSWER) refuse(400, 'MESSAGE_TOO_LONG')
    const answer = new Api.messages.BotCallbackAnswer({ alert, hasUrl: url !== undefined, message, url, cacheTime })
    if (!world.botQueries.presses.answer(toBigInt(queryId), user.id, answer)) refuse(400, 'QUERY_ID_INVALID')
    return true
  })
}

interface Pressed {
  readonly message: Api.Message
  readonly bot: WorldUser
  /** The message's id as its author counts. */
  readonly msgId: number
  /** Set where somebody else has sent it by way of the bot, which is not told where. */
  readonly inline: InlineMessage | undefined
}

/** @throws {RpcError} 400 CHANNEL_PRIVATE; MESSAGE_ID_INVALID, where no bot has sent such a message */
function pressed(context: HandlerContext, presser: WorldUser, peer: WorldPeer, id: number): Pressed {
  if (peer.kind === 'channel' && !peer.members.has(presser.id)) refuse(400, 'CHANNEL_PRIVATE')
  const { world } = context
  const message = messageOf(id, peer, context)
  const origin = boxOf(peer, presser).origins.get(id) ?? refuse(400, 'MESSAGE_ID_INVALID')
  const author = world.users.get(origin.author)
  const bot = message.viaBotId === undefined ? author : world.users.get(toBigInt(message.viaBotId))
  const msgId = peer.kind === 'channel' ? id : origin.ids.get(origin.author)
  if (!author || bot?.bot !== true || msgId === undefined) refuse(400, 'MESSAGE_ID_INVALID')
  const inline = bot === author ? undefined : { bot, owner: peer.kind === 'channel' ? peer : author, id: msgId }
  return { message, bot, msgId, inline }
}

function buttonData({ replyMarkup }: Api.Message): Uint8Array[] {
  if (!(replyMarkup instanceof Api.ReplyInlineMarkup)) return []
  const buttons = replyMarkup.rows.flatMap((row) => row.buttons)
  return buttons.flatMap((button) => (button instanceof Api.KeyboardButtonCallback ? [button.data] : []))
}

function chatName(peer: WorldPeer, presser: WorldUser): string {
  if (peer.kind !== 'user') return `${peer.kind} ${peer.id}`
  return [peer.id, presser.id].map(String).sort().join(' and ')
}
