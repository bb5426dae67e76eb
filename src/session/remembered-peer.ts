import * as Api from '../../generated/api/index.js'
import type { EntityQuery, EntityRow } from './entity-row.js'
import type { PeerName } from './peer-name.js'

/** Whoever remembers peers: a session. */
export interface PeerMemory {
  findEntity(query: EntityQuery): EntityRow | undefined
}

/** What a session remembers of a named peer, ready to be addressed. */
export function rememberedPeer(session: PeerMemory, name: PeerName): Api.TypeInputPeer | undefined {
  const row = rowOf(session, name)
  if (row === undefined) return undefined
  const accessHash = row.accessHash ?? '0'
  switch (row.kind) {
    case 'user':
      return new Api.InputPeerUser({ userId: row.id, accessHash })
    case 'chat':
      return new Api.InputPeerChat({ chatId: row.id })
    case 'channel':
      return new Api.InputPeerChannel({ channelId: row.id, accessHash })
  }
}

function rowOf(session: PeerMemory, name: PeerName): EntityRow | undefined {
  switch (name.kind) {
    case 'username':
      return session.findEntity({ username: name.username })
    case 'phone':
      return session.findEntity({ phone: name.phone })
    case 'id':
      return session.findEntity({ kind: name.peer, id: name.id })
    case 'unmarked':
      return (['user', 'chat', 'channel'] as const)
        .map((kind) => session.findEntity({ kind, id: name.id }))
        .find((row) => row !== undefined)
    case 'self':
    case 'invite':
      return undefined
  }
}
