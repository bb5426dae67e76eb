import * as Api from '../../../generated/api/index.js'
import { markedId } from '../../entities/convert.js'
import { toBigInt } from '../../tl/long.js'
import type { EventClient } from './builder.js'

/**
 * The marked ids of peers, as events have them. Ids and `Peer` objects cost no call: an id without a mark is that of a
 * user, a group or a channel. Names are looked up.
 * @throws {LocalError} `entity`, when a name cannot be found.
 */
export async function _intoIdSet(
  client: EventClient,
  chats: Api.TypeEntityLike | readonly Api.TypeEntityLike[] | undefined,
): Promise<string[] | undefined> {
  if (chats === undefined || chats === null) return undefined
  const ids = await Promise.all((isList(chats) ? chats : [chats]).map((chat) => idsOf(client, chat)))
  return [...new Set(ids.flat())]
}

async function idsOf(client: EventClient, chat: Api.TypeEntityLike): Promise<readonly string[]> {
  const id = toBigInt(chat)
  if (id === undefined) return [isPeer(chat) ? markedId(chat)! : await client.getPeerId(chat)]
  if (id <= 0n) return [String(id)]
  const peers = [
    new Api.PeerUser({ userId: id }),
    new Api.PeerChat({ chatId: id }),
    new Api.PeerChannel({ channelId: id }),
  ]
  return peers.map((peer) => markedId(peer)!)
}

const isList = (chats: Api.TypeEntityLike | readonly Api.TypeEntityLike[]): chats is readonly Api.TypeEntityLike[] =>
  Array.isArray(chats)

function isPeer(chat: Api.TypeEntityLike): chat is Api.TypePeer {
  return /^Peer(?:User|Chat|Channel)$/.test((chat as { className?: string } | null)?.className ?? '')
}
