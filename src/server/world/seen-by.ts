import * as Api from '../../../generated/api/index.js'
import type { BoxMessage } from './message-box.js'
import { changed } from './message-changes.js'
import type { WorldUser } from './peers.js'
import { pollIn, pollMedia } from './polls.js'
import { shownReactions } from './reactions.js'
import { peerOfApi } from './to-api.js'
import type { World } from './world.js'

/**
 * A message as one account sees it. A channel keeps one for all, which says nothing of whose it is, nor of how somebody has
 * voted and reacted; of all others everybody has a copy already.
 */
export function seenBy<Kind extends Api.TypeMessage>(viewer: WorldUser, message: Kind, world: World): Kind | BoxMessage {
  if (message instanceof Api.MessageEmpty) return message
  const channel = peerOfApi(world, message.peerId)
  const origin = channel?.kind === 'channel' ? channel.box.origins.get(message.id) : undefined
  if (origin === undefined) return message
  const out = origin.author === viewer.id
  if (message instanceof Api.MessageService) return out ? new Api.MessageService({ ...message, out }) : message
  const poll = pollIn(world, message.media)
  const hasVoted = poll?.votes.has(viewer.id) === true
  const hasReacted = origin.reactions.has(viewer.id)
  if (!out && !hasVoted && !hasReacted) return message
  const media = hasVoted && { media: pollMedia(poll, viewer) }
  const reactions = hasReacted && { reactions: shownReactions(origin, viewer, world) }
  return changed(message, { out, ...media, ...reactions })
}
