import type * as Api from '../../../generated/api/index.js'
import type { Entity } from '../../entities/get-entities.js'
import { getPeerId } from '../compat/utils.js'

/** The users and chats of an answer, by marked id; those that the server says nothing about are left out. */
export function entitiesOf({
  users,
  chats,
}: {
  readonly users: readonly Api.TypeUser[]
  readonly chats: readonly Api.TypeChat[]
}): ReadonlyMap<string, Entity> {
  const entities = new Map<string, Entity>()
  for (const entity of [...users, ...chats]) {
    if (entity.className !== 'UserEmpty' && entity.className !== 'ChatEmpty') entities.set(getPeerId(entity), entity)
  }
  return entities
}
