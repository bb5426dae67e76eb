import * as Api from '../../../generated/api/index.js'
import type { WorldUser } from '../world/peers.js'
import { apiPeer, apiPeers } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf, findUser, type InputField } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

const MIN_QUERY = 3
const MAX_FOUND = 50

/**
 * Whom an account knows, under the names that it gives them; and the search for others.
 * @see https://core.telegram.org/api/contacts
 */
export function addContactServices(services: ServiceRegistry): void {
  services.on(Api.contacts.GetContacts, 'account', (_request, context) => {
    const caller = callerOf(context)
    const known = [...caller.contacts.keys()].flatMap((id) => context.world.users.get(id) ?? [])
    const contacts = known.map((user) => new Api.Contact({ userId: user.id, mutual: user.contacts.has(caller.id) }))
    return new Api.contacts.Contacts({ contacts, savedCount: 0, users: apiPeers(known, caller).users })
  })

  services.on(Api.contacts.AddContact, 'account', ({ id, firstName, lastName }, context) => {
    const user = other(id, context)
    if (firstName === '') refuse(400, 'CONTACT_NAME_EMPTY')
    callerOf(context).contacts.set(user.id, { firstName, lastName })
    return changed([user], context)
  })

  services.on(Api.contacts.DeleteContacts, 'account', ({ id }, context) => {
    const users = id.map((each) => other(each, context))
    for (const user of users) callerOf(context).contacts.delete(user.id)
    return changed(users, context)
  })

  services.on(Api.contacts.ImportContacts, 'account', ({ contacts }, context) => {
    const caller = callerOf(context)
    const imported: Api.ImportedContact[] = []
    const users: WorldUser[] = []
    for (const { clientId, phone, firstName, lastName } of contacts) {
      const user = context.world.byPhone(phone)
      if (user === undefined || user === caller) continue
      caller.contacts.set(user.id, { firstName, lastName })
      imported.push(new Api.ImportedContact({ userId: user.id, clientId }))
      users.push(user)
    }
    return new Api.contacts.ImportedContacts({ imported, popularInvites: [], retryContacts: [], users: apiPeers(users, caller).users })
  })

  services.on(Api.contacts.Search, 'account', ({ q, limit, bots, broadcasts }, context) => {
    const wanted = q.replace(/^@/, '').toLowerCase()
    if (wanted.length < MIN_QUERY) refuse(400, 'QUERY_TOO_SHORT')
    const { users, channels } = context.world
    const people = broadcasts ? [] : [...users.values()].filter(({ bot }) => !bots || bot)
    const publics = bots ? [] : [...channels.values()].filter(({ megagroup }) => !broadcasts || !megagroup)
    const found = [...people, ...publics].filter(({ username }) => username?.toLowerCase().includes(wanted) === true)
    const page = found.slice(0, Math.max(0, Math.min(limit || MAX_FOUND, MAX_FOUND)))
    return new Api.contacts.Found({ myResults: [], results: page.map(apiPeer), ...apiPeers(page, context.user) })
  })
}

/** @throws {RpcError} 400 CONTACT_ID_INVALID */
function other(input: InputField, context: HandlerContext): WorldUser {
  const user = findUser(context, input)
  return user === undefined || user === context.user ? refuse(400, 'CONTACT_ID_INVALID') : user
}

/** What the caller is told: how they look now. */
function changed(users: readonly WorldUser[], context: HandlerContext): Api.Updates {
  return new Api.Updates({ updates: [], ...apiPeers(users, context.user), date: context.now, seq: 0 })
}
