import * as Api from '../../../generated/api/index.js'
import { copiesOf } from './copies.js'
import { changed, push, type Changer } from './message-changes.js'
import type { MessageBox, Origin } from './message-box.js'
import type { WorldChannel, WorldUser } from './peers.js'
import { apiPeer, peerOfApi } from './to-api.js'
import type { World } from './world.js'

const MAX_RECENT = 3

/**
 * Takes what an account says to a message, in place of what it has said before, and tells all who have the message.
 * @returns the update for who reacts
 */
export function react(world: World, changer: Changer, channel: WorldChannel | undefined, id: number, reactions: readonly Api.TypeReaction[]): Api.UpdateMessageReactions {
  const { user } = changer
  const origin = (channel ?? user).box.origins.get(id)!
  // Who reacts last is last.
  origin.reactions.delete(user.id)
  if (reactions.length > 0) origin.reactions.set(user.id, { reactions, date: world.now() })
  if (!channel) return reactInBoxes(world, changer, origin)
  show(channel.box, id, origin.reactions.size === 0 ? undefined : shownReactions(origin, undefined, world))
  const peer = apiPeer(channel)
  const updateFor = (viewer: WorldUser): Api.UpdateMessageReactions =>
    new Api.UpdateMessageReactions({ peer, msgId: id, reactions: shownReactions(origin, viewer, world) })
  for (const viewer of world.membersOf(channel)) {
    push(world, changer, viewer, { update: updateFor(viewer), date: world.now() }, [channel, user])
  }
  return updateFor(user)
}

/** Everybody has a copy, and sees which reactions are their own. */
function reactInBoxes(world: World, changer: Changer, origin: Origin): Api.UpdateMessageReactions {
  let own: Api.UpdateMessageReactions | undefined
  for (const { owner: viewer, id: copyId, message: copy } of copiesOf(world, origin)) {
    const reactions = shownReactions(origin, viewer, world)
    show(viewer.box, copyId, origin.reactions.size === 0 ? undefined : reactions)
    const update = new Api.UpdateMessageReactions({ peer: copy.peerId, msgId: copyId, reactions })
    if (viewer === changer.user) own = update
    push(world, changer, viewer, { update, date: world.now() }, [peerOfApi(world, copy.peerId), changer.user])
  }
  return own!
}

function show(box: MessageBox, id: number, reactions: Api.MessageReactions | undefined): void {
  box.messages.set(id, changed(box.written(id)!, { reactions }))
}

/** @param viewer whose own are marked; without one, nobody's are, and the client has to know. */
export function shownReactions(origin: Origin, viewer: WorldUser | undefined, world: World): Api.MessageReactions {
  const all = [...origin.reactions].flatMap(([id, { reactions, date }]) => reactions.map((reaction) => ({ id, reaction, date })))
  const byName = new Map<string, Api.ReactionCount>()
  const own = viewer && origin.reactions.get(viewer.id)?.reactions.map(nameOf)
  for (const { reaction } of all) {
    const name = nameOf(reaction)
    const place = own?.indexOf(name) ?? -1
    const count = byName.get(name) ?? new Api.ReactionCount({ reaction, count: 0, chosenOrder: place === -1 ? undefined : place })
    count.count++
    byName.set(name, count)
  }
  const recent = all.slice(-MAX_RECENT).reverse()
  const recentReactions = recent.map(({ id, reaction, date }) => {
    const peerId = apiPeer(world.users.get(id)!)
    return new Api.MessagePeerReaction({ peerId, reaction, date, my: id === viewer?.id })
  })
  return new Api.MessageReactions({ min: viewer === undefined, canSeeList: true, results: [...byName.values()], recentReactions })
}

function nameOf(reaction: Api.TypeReaction): string {
  return 'emoticon' in reaction ? reaction.emoticon : 'documentId' in reaction ? String(reaction.documentId) : reaction.className
}
