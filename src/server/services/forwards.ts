import * as Api from '../../../generated/api/index.js'
import type { SentMessage } from '../world/messages.js'
import { callerOf, peerOf } from './input-peers.js'
import { messageOf } from './message-of.js'
import { writable } from './messages.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'
import { laterDate, sendAt } from './scheduled.js'
import { sendOnce } from './send-once.js'
import { sentUpdates } from './sent-updates.js'

const MAX_FORWARDED = 100

/** Sending messages on, with the name of who wrote them or without. */
export function addForwardServices(services: ServiceRegistry): void {
  services.on(Api.messages.ForwardMessages, 'account', (request, context) => {
    const from = callerOf(context)
    const source = peerOf(context, request.fromPeer)
    const to = writable(context, request.toPeer, from)
    if (request.id.length === 0) refuse(400, 'MESSAGE_IDS_EMPTY')
    if (request.id.length > MAX_FORWARDED || request.id.length !== request.randomId.length) refuse(400, 'RANDOM_ID_INVALID')
    const originals = request.id.map((id) => messageOf(id, source, context))
    const date = laterDate(request.scheduleDate, to, originals.length, context)
    const sent = sendOnce(request.randomId, context, () =>
      originals.map(
        (original): SentMessage =>
          sendAt(
            date,
            {
              from,
              to,
              text: original.message,
              media: original.media,
              entities: original.entities,
              silent: request.silent,
              fwdFrom: request.dropAuthor ? undefined : headerOf(original),
              exceptKeyId: context.key.id,
            },
            context,
          ),
      ),
    )
    return sentUpdates(sent, request.randomId, [from, source, to], context)
  })
}

/** Whose message it was at first, however often it was sent on. */
function headerOf({ fwdFrom, fromId, peerId, date, id, post }: Api.Message): Api.MessageFwdHeader {
  if (fwdFrom instanceof Api.MessageFwdHeader) return fwdFrom
  return new Api.MessageFwdHeader({ fromId: fromId ?? peerId, date, channelPost: post ? id : undefined })
}
