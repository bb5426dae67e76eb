import * as Api from '../../../generated/api/index.js'
import type { BoxMessage } from '../world/message-box.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import { seenBy } from '../world/seen-by.js'
import { apiPeer, apiPeers, peerOfApi, peersIn } from '../world/to-api.js'
import type { LoggedUpdate } from '../world/update-log.js'
import type { World } from '../world/world.js'
import type { HandlerContext } from './context.js'
import { callerOf, channelOf } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

const SLICE = 100 // entries of one difference; more come in slices
const TOO_LONG_USER = 10
const TOO_LONG_BOT = 100_000

/**
 * The truth behind pushed updates.
 * @see https://core.telegram.org/api/updates
 */
export function addUpdateServices(services: ServiceRegistry): void {
  services.on(Api.updates.GetState, 'account', (_request, context) => stateOf(callerOf(context), context))
  services.on(Api.updates.GetDifference, 'account', getDifference)
  services.on(Api.updates.GetChannelDifference, 'account', getChannelDifference)
}

export function stateOf(user: WorldUser, { now }: HandlerContext, pts: number = user.box.log.pts): Api.updates.State {
  return new Api.updates.State({ pts, qts: user.box.secretLog.pts, date: now, seq: 0, unreadCount: 0 })
}

function getDifference(request: Api.updates.GetDifference, context: HandlerContext): Api.updates.TypeDifference {
  const user = callerOf(context)
  const { log, secretLog } = user.box
  const missed = log.after(request.pts)
  const missedSecret = secretLog.after(request.qts)
  if (missed === 'too-long' || missedSecret === 'too-long') return new Api.updates.DifferenceTooLong({ pts: log.pts })
  if (missed.length === 0 && missedSecret.length === 0) {
    return new Api.updates.DifferenceEmpty({ date: context.now, seq: 0 })
  }
  if (request.ptsTotalLimit !== undefined && missed.length > request.ptsTotalLimit) {
    return new Api.updates.DifferenceTooLong({ pts: log.pts })
  }
  const slice = missed.slice(0, Math.max(1, Math.min(request.ptsLimit ?? SLICE, SLICE)))
  const whole = slice.length === missed.length
  const shared = {
    ...contentsOf(context.world, [...slice, ...(whole ? missedSecret : [])], user),
    newEncryptedMessages: [],
  }
  if (whole) return new Api.updates.Difference({ ...shared, state: stateOf(user, context) })
  const reached = stateOf(user, context, slice.at(-1)!.pts)
  reached.qts = request.qts
  return new Api.updates.DifferenceSlice({ ...shared, intermediateState: reached })
}

function getChannelDifference(
  request: Api.updates.GetChannelDifference,
  context: HandlerContext,
): Api.updates.TypeChannelDifference {
  const user = callerOf(context)
  const channel = channelOf(context, request.channel)
  if (!channel.members.has(user.id)) refuse(400, 'CHANNEL_PRIVATE')
  if (request.pts <= 0) refuse(400, 'PERSISTENT_TIMESTAMP_EMPTY')
  const { log } = channel.box
  const missed = log.after(request.pts)
  const most = Math.max(TOO_LONG_USER, Math.min(request.limit, user.bot ? TOO_LONG_BOT : SLICE))
  if (missed === 'too-long') {
    const newest = channel.box.history(() => true, 0, TOO_LONG_USER).map((each) => seenBy(user, each, context.world))
    return new Api.updates.ChannelDifferenceTooLong({
      final: true,
      dialog: new Api.Dialog({
        peer: apiPeer(channel),
        topMessage: channel.box.lastId,
        readInboxMaxId: 0,
        readOutboxMaxId: 0,
        unreadCount: 0,
        unreadMentionsCount: 0,
        unreadReactionsCount: 0,
        unreadPollVotesCount: 0,
        notifySettings: new Api.PeerNotifySettings({}),
        pts: log.pts,
      }),
      messages: newest,
      ...apiPeers([channel, ...peersIn(newest, context.world)], user),
    })
  }
  if (missed.length === 0) return new Api.updates.ChannelDifferenceEmpty({ final: true, pts: log.pts, timeout: 30 })
  const slice = missed.slice(0, most)
  return new Api.updates.ChannelDifference({
    final: slice.length === missed.length,
    pts: slice.at(-1)!.pts,
    timeout: 30,
    ...contentsOf(context.world, slice, user, channel),
  })
}

/** New messages apart from everything else, and whom they speak of. */
function contentsOf(world: World, entries: readonly LoggedUpdate[], viewer: WorldUser, ...also: WorldPeer[]) {
  const newMessages: BoxMessage[] = []
  const otherUpdates: Api.TypeUpdate[] = []
  const spoken: BoxMessage[] = []
  const meant: (WorldPeer | undefined)[] = [...also]
  for (const { update } of entries) {
    const { message } = update as { readonly message?: unknown }
    const isMessage = message instanceof Api.Message || message instanceof Api.MessageService
    const said = isMessage ? seenBy(viewer, message, world) : undefined
    const isNew = update instanceof Api.UpdateNewMessage || update instanceof Api.UpdateNewChannelMessage
    if (isNew && said) newMessages.push(said)
    else if (update instanceof Api.UpdateEditChannelMessage && said) otherUpdates.push(new Api.UpdateEditChannelMessage({ ...update, message: said }))
    else otherUpdates.push(update)
    if (said) spoken.push(said)
    if ('peer' in update && update.peer instanceof Api.PeerUser) meant.push(peerOfApi(world, update.peer))
  }
  return { newMessages, otherUpdates, ...apiPeers([...meant, ...peersIn(spoken, world)], viewer) }
}
