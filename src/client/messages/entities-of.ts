import type * as Api from '../../../generated/api/index.js'
import type { Entity } from '../../entities/get-entities.js'

/** What stands before the id of an entity in its marked id. */
const MARKS: Readonly<Record<string, string>> = { User: '', Chat: '-', ChatForbidden: '-', Channel: '-100', ChannelForbidden: '-100' }

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
    const mark = MARKS[entity.className]
    if (mark !== undefined) entities.set(`${mark}${String(entity.id)}`, entity)
  }
  return entities
}
