import * as Api from '../../../generated/api/index.js'
import { apiUser } from '../world/to-api.js'
import type { HandlerContext } from './context.js'
import { callerOf } from './input-peers.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

const MAX_NAME = 64
const USERNAME = /^[a-z](?:\w(?!__)){3,30}[a-z\d]$/i

/** What an account says about itself. Nobody is told of changes. */
export function addProfileServices(services: ServiceRegistry): void {
  services.on(Api.account.UpdateProfile, 'account', ({ firstName, lastName }, context) => {
    const user = callerOf(context)
    if (firstName === '' || (firstName ?? '').length > MAX_NAME) refuse(400, 'FIRSTNAME_INVALID')
    if ((lastName ?? '').length > MAX_NAME) refuse(400, 'LASTNAME_INVALID')
    if (firstName !== undefined) user.firstName = firstName
    // An empty one takes the name away.
    if (lastName !== undefined) user.lastName = lastName === '' ? undefined : lastName
    return apiUser(user, user)
  })

  services.on(Api.account.UpdateUsername, 'account', ({ username }, context) => {
    const user = callerOf(context)
    if (username === (user.username ?? '')) refuse(400, 'USERNAME_NOT_MODIFIED')
    if (username !== '' && !isFree(username, context)) refuse(400, 'USERNAME_OCCUPIED')
    user.username = username === '' ? undefined : username
    return apiUser(user, user)
  })

  services.on(Api.account.CheckUsername, 'account', ({ username }, context) => isFree(username, context))

  services.on(Api.account.UpdateStatus, 'account', () => true)
}

/** @throws {RpcError} 400 USERNAME_INVALID */
function isFree(username: string, context: HandlerContext): boolean {
  if (!USERNAME.test(username)) refuse(400, 'USERNAME_INVALID')
  const owner = context.world.byUsername(username)
  return owner === undefined || owner === context.user
}
