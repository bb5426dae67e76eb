import * as Api from '../../../generated/api/index.js'
import { push } from '../world/message-changes.js'
import { castVote, closeIfOver, hasOption, pollIn, pollUpdate, type WorldPoll } from '../world/polls.js'
import type { WorldPeer, WorldUser } from '../world/peers.js'
import { apiPeer, apiPeers } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf, peerOf, type InputField } from './input-peers.js'
import { checkHasNotLeft, messageOf } from './message-of.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

/**
 * Votes. Who votes sees how others did; of a public poll also who they are, and so does the bot that has sent it.
 * @see https://core.telegram.org/api/poll
 */
export function addPollServices(services: ServiceRegistry): void {
  services.on(Api.messages.SendVote, 'account', ({ peer: input, msgId, options }, context) => {
    const { user, peer, poll } = asked(input, msgId, context)
    const { world } = context
    const { multipleChoice, quiz } = poll.asked
    checkHasNotLeft(peer, user)
    if (poll.closed) refuse(400, 'MESSAGE_POLL_CLOSED')
    if (quiz && poll.votes.has(user.id)) refuse(400, 'REVOTE_NOT_ALLOWED')
    if (options.length > (multipleChoice ? poll.answers.length : 1)) refuse(400, 'OPTIONS_TOO_MUCH')
    const places = options.map((option) => placeOf(option, poll))
    if (places.includes(-1) || new Set(places).size < places.length) refuse(400, 'OPTION_INVALID')
    castVote(world, { user, exceptKeyId: context.key.id }, poll, options)
    if (poll.asked.publicVoters && poll.creator.bot) tellCreator(poll, user, { options, positions: places }, context)
    return stand(poll, user, peer, msgId, context)
  })

  services.on(Api.messages.GetPollResults, 'account', ({ peer: input, msgId }, context) => {
    const { user, peer, poll } = asked(input, msgId, context)
    return stand(poll, user, peer, msgId, context)
  })

  services.on(Api.messages.GetPollVotes, 'account', ({ peer: input, id, option, offset, limit }, context) => {
    const { user, poll } = asked(input, id, context)
    const { world } = context
    if (!poll.asked.publicVoters) refuse(403, 'BROADCAST_FORBIDDEN')
    if (!poll.votes.has(user.id)) refuse(403, 'POLL_VOTE_REQUIRED')
    const all = [...poll.votes].filter(([, vote]) => option === undefined || hasOption(vote.options, option)).reverse()
    const start = Number(offset ?? 0)
    const page = all.slice(start, start + Math.max(1, limit))
    const votes = page.map(([voter, { options, date }]) => {
      const peer = apiPeer(world.users.get(voter)!)
      if (option !== undefined) return new Api.MessagePeerVoteInputOption({ peer, date })
      const [only, ...others] = options
      return others.length === 0 ? new Api.MessagePeerVote({ peer, option: only!, date }) : new Api.MessagePeerVoteMultiple({ peer, options: [...options], date })
    })
    const next = start + page.length
    const nextOffset = next < all.length ? String(next) : undefined
    return new Api.messages.VotesList({ count: all.length, votes, nextOffset, ...apiPeers(page.map(([voter]) => world.users.get(voter)), user) })
  })
}

/** What is voted on. @throws {RpcError} 400 CHANNEL_PRIVATE, MESSAGE_ID_INVALID */
function asked(input: InputField, id: number, context: HandlerContext): { user: WorldUser; peer: WorldPeer; poll: WorldPoll } {
  const user = callerOf(context)
  const peer = peerOf(context, input)
  if (peer.kind === 'channel' && !peer.members.has(user.id)) refuse(400, 'CHANNEL_PRIVATE')
  const poll = pollIn(context.world, messageOf(id, peer, context).media) ?? refuse(400, 'MESSAGE_ID_INVALID')
  closeIfOver(context.world, poll)
  return { user, peer, poll }
}

function stand(poll: WorldPoll, user: WorldUser, peer: WorldPeer, msgId: number, { now: date }: HandlerContext): Api.Updates {
  return new Api.Updates({ updates: [pollUpdate(poll, user, peer, msgId)], ...apiPeers([user, peer], user), date, seq: 0 })
}

function placeOf(option: Uint8Array, { answers }: WorldPoll): number {
  return answers.findIndex((answer) => hasOption([answer.option], option))
}

/** The bot that has sent a public poll is told of each vote. */
function tellCreator(
  { id: pollId, creator }: WorldPoll,
  voter: WorldUser,
  chosen: Pick<Api.UpdateMessagePollVote, 'options' | 'positions'>,
  { world, now }: HandlerContext,
): void {
  const logged = creator.box.secretLog.append(now, 1, (qts) =>
    new Api.UpdateMessagePollVote({ pollId, peer: apiPeer(voter), ...chosen, qts }),
  )
  push(world, { user: voter }, creator, logged, [voter])
}
