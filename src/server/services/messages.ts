import * as Api from '../../../generated/api/index.js'
import { sendMessage } from '../world/messages.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import type { HandlerContext } from './context.js'
import { keepDraft } from './drafts.js'
import { callerOf, peerOf, type InputField } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'
import { sendOnce } from './send-once.js'
import { sentUpdates } from './sent-updates.js'

const MAX_TEXT = 4096
/** What is to be sent before then is sent at once (api/scheduled-messages). */
const SOON_SECONDS = 10

/** Plain messages. */
export function addMessageServices(services: ServiceRegistry): void {
  services.on(Api.messages.SendMessage, 'account', (request, context) => {
    const from = callerOf(context)
    const { message: text, entities, silent, randomId } = request
    refuseSchedule(request.scheduleDate, context)
    const sent = sendOnce([randomId], context, () => {
      const to = writable(context, request.peer, from)
      checkText(text)
      if (request.clearDraft) keepDraft(to, undefined, context)
      return sendMessage(context.world, {
        from,
        to,
        text,
        entities,
        silent,
        replyMarkup: from.bot ? request.replyMarkup : undefined,
        replyToMsgId: repliedTo(request.replyTo),
        exceptKeyId: context.key.id,
      })
    })
    return sentUpdates([sent], [randomId], [from], context)
  })
}

/** @throws {RpcError} 400 MESSAGE_EMPTY, MESSAGE_TOO_LONG */
export function checkText(text: string): void {
  if (text === '') refuse(400, 'MESSAGE_EMPTY')
  if (text.length > MAX_TEXT) refuse(400, 'MESSAGE_TOO_LONG')
}

/** No message waits here to be sent: what is sent in a moment is sent at once. @throws {RpcError} 400 SCHEDULE_DATE_INVALID */
export function refuseSchedule(scheduleDate: number | undefined, { now }: HandlerContext): void {
  if (scheduleDate !== undefined && scheduleDate > now + SOON_SECONDS) refuse(400, 'SCHEDULE_DATE_INVALID')
}

export function repliedTo(replyTo: Api.TypeInputReplyTo | undefined): number | undefined {
  return replyTo instanceof Api.InputReplyToMessage ? replyTo.replyToMsgId : undefined
}

/** The peer, where `from` may write. @throws {RpcError} 403 CHAT_WRITE_FORBIDDEN */
export function writable(context: HandlerContext, input: InputField, from: WorldUser): WorldPeer {
  const to = peerOf(context, input)
  if (to.kind !== 'user' && !to.members.has(from.id)) refuse(403, 'CHAT_WRITE_FORBIDDEN')
  if (to.kind === 'channel' && !to.megagroup && !to.admins.has(from.id)) refuse(403, 'CHAT_WRITE_FORBIDDEN')
  return to
}
