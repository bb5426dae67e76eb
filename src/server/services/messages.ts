import * as Api from '../../../generated/api/index.js'
import { mayWrite, type WorldPeer, type WorldUser } from '../world/peers.js'
import type { HandlerContext } from './context.js'
import { keepDraft } from './drafts.js'
import { callerOf, peerOf, type InputField } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'
import { laterDate, sendAt } from './scheduled.js'
import { sendOnce } from './send-once.js'
import { sentUpdates } from './sent-updates.js'

const MAX_TEXT = 4096

/** Plain messages. */
export function addMessageServices(services: ServiceRegistry): void {
  services.on(Api.messages.SendMessage, 'account', (request, context) => {
    const from = callerOf(context)
    const { message: text, entities, silent, randomId } = request
    const sent = sendOnce([randomId], context, () => {
      const to = writable(context, request.peer, from)
      checkText(text)
      const date = laterDate(request.scheduleDate, to, 1, context)
      if (request.clearDraft) keepDraft(to, undefined, context)
      const replyMarkup = from.bot ? request.replyMarkup : undefined
      const replyToMsgId = repliedTo(request.replyTo)
      return sendAt(date, { from, to, text, entities, silent, replyMarkup, replyToMsgId, exceptKeyId: context.key.id }, context)
    })
    return sentUpdates([sent], [randomId], [from], context)
  })
}

/** @throws {RpcError} 400 MESSAGE_EMPTY, MESSAGE_TOO_LONG */
export function checkText(text: string): void {
  if (text === '') refuse(400, 'MESSAGE_EMPTY')
  if (text.length > MAX_TEXT) refuse(400, 'MESSAGE_TOO_LONG')
}

export function repliedTo(replyTo: Api.TypeInputReplyTo | undefined): number | undefined {
  return replyTo instanceof Api.InputReplyToMessage ? replyTo.replyToMsgId : undefined
}

/** The peer, where `from` may write. @throws {RpcError} 403 CHAT_WRITE_FORBIDDEN */
export function writable(context: HandlerContext, input: InputField, from: WorldUser): WorldPeer {
  const to = peerOf(context, input)
  return mayWrite(from, to) ? to : refuse(403, 'CHAT_WRITE_FORBIDDEN')
}
