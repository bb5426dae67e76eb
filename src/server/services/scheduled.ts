import * as Api from '../../../generated/api/index.js'
import { sendMessage, type NewMessage, type SentMessage } from '../world/messages.js'
import { mayWrite, type WorldPeer } from '../world/peers.js'
import type { Scheduled } from '../world/schedule.js'
import { dropScheduled, scheduleMessage, sendScheduled } from '../world/scheduled-messages.js'
import { apiPeers, peersIn } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf, peerOf, type InputField } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

/** What is to be sent before then is sent at once. */
const SOON_SECONDS = 10
const MAX_SCHEDULED = 100
const YEAR_SECONDS = 366 * 86_400

/**
 * Messages that wait for their time.
 * @see https://core.telegram.org/api/scheduled-messages
 */
export function addScheduledServices(services: ServiceRegistry): void {
  services.on(Api.messages.GetScheduledHistory, 'account', ({ peer }, context) =>
    shown(waiting(peerOf(context, peer), context), context),
  )

  services.on(Api.messages.GetScheduledMessages, 'account', ({ peer, id }, context) =>
    shown(waiting(peerOf(context, peer), context).filter(({ message }) => id.includes(message.id)), context),
  )

  services.on(Api.messages.SendScheduledMessages, 'account', ({ peer, id }, context) => {
    const due = named(peer, id, context).reverse()
    if (!due.every(({ sent }) => mayWrite(sent.from, sent.to))) refuse(403, 'CHAT_WRITE_FORBIDDEN')
    return told(sendScheduled(context.world, due, context.key.id), due, context)
  })

  services.on(Api.messages.DeleteScheduledMessages, 'account', ({ peer, id }, context) => {
    const dropped = named(peer, id, context)
    return told([dropScheduled(context.world, dropped, context.key.id)], dropped, context)
  })
}

/** Sends a message, or has it wait. @param date see {@link laterDate} */
export function sendAt(date: number | undefined, sent: NewMessage, { world }: HandlerContext): SentMessage {
  return date === undefined ? sendMessage(world, sent) : scheduleMessage(world, sent, date)
}

/**
 * When so many messages are to be sent; `undefined` for at once.
 * @throws {RpcError} 400 SCHEDULE_BOT_NOT_ALLOWED, SCHEDULE_DATE_TOO_LATE, SCHEDULE_TOO_MUCH
 */
export function laterDate(date: number | undefined, to: WorldPeer, count: number, context: HandlerContext): number | undefined {
  const { now } = context
  if (date === undefined || date <= now + SOON_SECONDS) return undefined
  if (callerOf(context).bot) refuse(400, 'SCHEDULE_BOT_NOT_ALLOWED')
  if (date > now + YEAR_SECONDS) refuse(400, 'SCHEDULE_DATE_TOO_LATE')
  if (waiting(to, context).length + count > MAX_SCHEDULED) refuse(400, 'SCHEDULE_TOO_MUCH')
  return date
}

/** One message that waits. @throws {RpcError} 400 MESSAGE_ID_INVALID */
export function waitingAs(id: number, to: WorldPeer, context: HandlerContext): Scheduled {
  return waiting(to, context).find(({ message }) => message.id === id) ?? refuse(400, 'MESSAGE_ID_INVALID')
}

function waiting(to: WorldPeer, context: HandlerContext): Scheduled[] {
  return context.world.schedule.of(callerOf(context), to)
}

/** The last first. @throws {RpcError} 400 MESSAGE_ID_INVALID, where one of them is not there, or none is named */
function named(input: InputField, ids: readonly number[], context: HandlerContext): Scheduled[] {
  const to = peerOf(context, input)
  if (ids.length === 0) refuse(400, 'MESSAGE_ID_INVALID')
  const wanted = new Set([...new Set(ids)].map((id) => waitingAs(id, to, context)))
  return waiting(to, context).filter((each) => wanted.has(each))
}

function shown(scheduled: readonly Scheduled[], context: HandlerContext): Api.messages.Messages {
  const messages = scheduled.map(({ message }) => message)
  return new Api.messages.Messages({ messages, topics: [], ...apiPeers(peersIn(messages, context.world), callerOf(context)) })
}

function told(updates: Api.TypeUpdate[], of: readonly Scheduled[], context: HandlerContext): Api.Updates {
  const peers = peersIn(of.map(({ message }) => message), context.world)
  return new Api.Updates({ updates, ...apiPeers(peers, callerOf(context)), date: context.now, seq: 0 })
}
