import * as Api from '../../../generated/api/index.js'
import { push } from '../world/message-changes.js'
import type { WorldChannel, WorldChat, WorldUser } from '../world/peers.js'
import { announce } from '../world/service-messages.js'
import { apiPeers, peersIn } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf } from './input-peers.js'

interface Happened {
  /** What the service says to the members, if anything. */
  readonly action?: Api.TypeMessageAction | undefined
  /** Who was added or taken out. */
  readonly subjects?: readonly WorldUser[]
}

/**
 * What is told to who has changed a group or channel: how it looks now, and what the members were told. Who was added to
 * a channel or taken out hears of it in any case.
 */
export function chatUpdates(
  chat: WorldChat | WorldChannel,
  context: HandlerContext,
  { action, subjects = [] }: Happened = {},
): Api.Updates {
  const { world, key, now: date } = context
  const caller = callerOf(context)
  const changed =
    chat.kind === 'channel' ? new Api.UpdateChannel({ channelId: chat.id }) : new Api.UpdateChat({ chatId: chat.id })
  if (chat.kind === 'channel') {
    for (const subject of subjects) if (subject !== caller) push(world, { user: caller }, subject, { update: changed, date }, [chat])
  }
  const said = action && announce(world, { from: caller, to: chat, also: subjects, action, exceptKeyId: key.id })
  // Who has left a channel sees nothing more of it; what is in a basic group is everybody's own.
  const isSeen = said !== undefined && (chat.kind === 'chat' || chat.members.has(caller.id))
  const peers = [chat, ...(isSeen ? peersIn([said.message], world) : [])]
  return new Api.Updates({ updates: isSeen ? [changed, said.update] : [changed], ...apiPeers(peers, caller), date, seq: 0 })
}

/** What members are told of who comes and goes: nothing in channels where admins alone write. */
export function amongMembers(chat: WorldChat | WorldChannel, action: Api.TypeMessageAction): Api.TypeMessageAction | undefined {
  return chat.kind === 'channel' && !chat.megagroup ? undefined : action
}
