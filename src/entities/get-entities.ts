import * as Api from '../../generated/api/index.js'
import { LocalError } from '../errors/errors.js'
import { describe } from '../errors/evidence.js'
import { inputChannelOf, inputUserOf } from './convert.js'
import type { Ask, PeerResolver } from './resolver.js'

export type Entity = Api.TypeUser | Api.TypeChat

/** At most so many users, chats or channels in one request. */
const BATCH = 100

/**
 * The users, chats and channels behind `values`, fresh from the server and in the same order: one request per kind and
 * hundred, whatever their number.
 * @throws {LocalError} `entity`, when one of them cannot be found.
 */
export async function getEntities(values: readonly unknown[], resolver: PeerResolver, ask: Ask): Promise<Entity[]> {
  const peers = await Promise.all(values.map((value) => resolver.inputPeer(value)))
  const found: (Entity | undefined)[] = peers.map(() => undefined)
  const fill = async <Input>(
    pick: (peer: Api.TypeInputPeer) => Input | undefined,
    fetch: (batch: Input[]) => Promise<readonly Entity[]>,
  ): Promise<void> => {
    const wanted = peers.flatMap((peer, index) => {
      const input = pick(peer)
      return input === undefined ? [] : [{ index, input }]
    })
    for (let start = 0; start < wanted.length; start += BATCH) {
      const batch = wanted.slice(start, start + BATCH)
      const entities = await fetch(batch.map(({ input }) => input))
      for (const { index } of batch) found[index] = entities.find((entity) => isSame(entity, peers[index]!))
    }
  }
  await fill(inputUserOf, (id) => ask(new Api.users.GetUsers({ id })))
  await fill(inputChannelOf, async (id) => (await ask(new Api.channels.GetChannels({ id }))).chats)
  await fill(
    (peer) => (peer.className === 'InputPeerChat' ? peer.chatId : undefined),
    async (id) => (await ask(new Api.messages.GetChats({ id }))).chats,
  )
  return found.map((entity, i) => {
    if (entity === undefined)
      throw new LocalError('entity', `the server knows no peer for ${describe(values[i])}`, {
        got: describe(values[i]),
      })
    return entity
  })
}

function isSame(entity: Entity, peer: Api.TypeInputPeer): boolean {
  if (peer.className === 'InputPeerSelf') return entity.className === 'User' && entity.self === true
  const { userId, chatId, channelId } = peer as { userId?: unknown; chatId?: unknown; channelId?: unknown }
  return String(entity.id) === String(userId ?? chatId ?? channelId)
}
