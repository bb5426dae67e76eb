import type * as Api from '../../../generated/api/index.js'
import type { Entity } from '../../entities/get-entities.js'
import { entitiesOf } from '../messages/entities-of.js'

/** What a container of updates, or a difference, says: what has happened, and about whom. */
interface Bringer {
  readonly users: readonly Api.TypeUser[]
  readonly chats: readonly Api.TypeChat[]
  readonly updates?: readonly object[]
  readonly newMessages?: readonly object[]
  readonly otherUpdates?: readonly object[]
}

/** By the update; by the message, where a difference has no update for it. */
const bringers = new WeakMap<object, Bringer>()

/** Remembers whom the server has spoken of together with updates, for as long as somebody has these. */
export function rememberBrought(answer: object): void {
  const bringer = answer as Bringer
  if (bringer.users === undefined) return
  const { updates = [], newMessages = [], otherUpdates = [] } = bringer
  for (const each of [...updates, ...newMessages, ...otherUpdates]) bringers.set(each, bringer)
}

/** The users and chats that the server has sent with an update, by marked id. */
export function broughtWith(update: object): ReadonlyMap<string, Entity> | undefined {
  const { message } = update as { readonly message?: unknown }
  const bringer = bringers.get(update) ?? (typeof message === 'object' ? bringers.get(message as object) : undefined)
  return bringer && entitiesOf(bringer)
}
