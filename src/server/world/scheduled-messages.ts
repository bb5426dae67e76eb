import * as Api from '../../../generated/api/index.js'
import { push } from './message-changes.js'
import { messageOf, sendMessage, type NewMessage, type SentMessage } from './messages.js'
import { mayWrite, type WorldPeer, type WorldUser } from './peers.js'
import type { Scheduled } from './schedule.js'
import { apiPeer } from './to-api.js'
import type { World } from './world.js'

/** Has a message wait until `date`, in unix seconds. What took the place of another keeps its number. */
export function scheduleMessage(world: World, sent: NewMessage, date: number, id: number = world.schedule.nextId()): SentMessage {
  const { from, to, replyToMsgId, exceptKeyId } = sent
  const message = messageOf(sent, { out: true, id, date, peer: to, replyToMsgId })
  world.schedule.add({ message, sent }, (due) => sendScheduled(world, [due], undefined))
  const update = new Api.UpdateNewScheduledMessage({ message })
  tell(world, from, to, update, exceptKeyId)
  return { message, update, pts: from.box.log.pts }
}

/**
 * Sends what has waited, unless its sender may not write there any more.
 * @param exceptKeyId the key whose query asks for it; without one, its time has come
 * @returns what the sender is told
 */
export function sendScheduled(world: World, due: readonly Scheduled[], exceptKeyId: bigint | undefined): Api.TypeUpdate[] {
  return due.flatMap((each) => {
    const { from, to } = each.sent
    const message = { ...each.sent, fromScheduled: true, exceptKeyId }
    const sent = mayWrite(from, to) ? [sendMessage(world, message)] : []
    return [...sent.map(({ update }) => update), dropScheduled(world, [each], exceptKeyId, sent.map(({ message: { id } }) => id))]
  })
}

/** Takes messages of one chat out of the schedule. @param sentIds the numbers that they were sent under, if they were */
export function dropScheduled(
  world: World,
  dropped: readonly Scheduled[],
  exceptKeyId: bigint | undefined,
  sentIds: readonly number[] = [],
): Api.UpdateDeleteScheduledMessages {
  const { from, to } = dropped[0]!.sent
  for (const each of dropped) world.schedule.remove(each)
  const update = new Api.UpdateDeleteScheduledMessages({
    peer: apiPeer(to),
    messages: dropped.map(({ message }) => message.id),
    sentMessages: sentIds.length === 0 ? undefined : [...sentIds],
  })
  tell(world, from, to, update, exceptKeyId)
  return update
}

function tell(world: World, user: WorldUser, to: WorldPeer, update: Api.TypeUpdate, exceptKeyId: bigint | undefined): void {
  push(world, { user, exceptKeyId }, user, { update, date: world.now() }, [user, to])
}
