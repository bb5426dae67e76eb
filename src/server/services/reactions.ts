import * as Api from '../../../generated/api/index.js'
import { react } from '../world/reactions.js'
import { apiPeers } from '../world/to-api.js'
import { callerOf, peerOf } from './input-peers.js'
import { checkHasNotLeft, messageOf } from './message-of.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

/** Who pays may give three (api/reactions). */
const MAX_REACTIONS = 3

/**
 * Emoji below messages. Paid ones are not modelled.
 * @see https://core.telegram.org/api/reactions
 */
export function addReactionServices(services: ServiceRegistry): void {
  services.on(Api.messages.SendReaction, 'account', ({ peer: input, msgId, reaction = [] }, context) => {
    const { world, now: date } = context
    const user = callerOf(context)
    const peer = peerOf(context, input)
    if (peer.kind === 'channel' && !peer.members.has(user.id)) refuse(400, 'CHANNEL_PRIVATE')
    checkHasNotLeft(peer, user)
    const channel = peer.kind === 'channel' ? peer : undefined
    messageOf(msgId, peer, context)
    const given = reaction.filter((each) => !(each instanceof Api.ReactionEmpty))
    if (given.length > MAX_REACTIONS) refuse(400, 'REACTIONS_TOO_MANY')
    if (!given.every(isReaction)) refuse(400, 'REACTION_INVALID')
    const update = react(world, { user, exceptKeyId: context.key.id }, channel, msgId, given)
    return new Api.Updates({ updates: [update], ...apiPeers([user, peer], user), date, seq: 0 })
  })
}

function isReaction(reaction: Api.TypeReaction): boolean {
  return reaction instanceof Api.ReactionCustomEmoji || (reaction instanceof Api.ReactionEmoji && reaction.emoticon !== '')
}
