import * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import { isRpcError } from '../../errors/rpc-error.js'
import type { ClientCore } from '../core.js'

/** Whether an account is logged in under the session's key. */
export async function isAuthorized(core: ClientCore): Promise<boolean> {
  try {
    await core.ask(new Api.updates.GetState())
    return true
  } catch (error) {
    if (isRpcError(error) && error.code === 401) return false
    throw error
  }
}

/** The account that is logged in. @throws {RpcError} 401, when there is none. */
export async function fetchMe(core: ClientCore): Promise<Api.User> {
  const [user] = await core.ask(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }))
  if (user?.className !== 'User')
    throw new LocalError('state', 'the server knows no account for this session; log in first')
  core.self = user
  return user
}

/** What every way to log in ends with. */
export function loggedIn(core: ClientCore, user: Api.TypeUser): Api.User {
  if (user.className !== 'User') throw new LocalError('state', 'the server logged in an account without a name')
  core.self = user
  core.session.processEntities(user)
  core.session.save()
  return user
}

/** The user of an authorisation. @throws {LocalError} `state`, when the number has no account. */
export function userOf(authorization: Api.auth.TypeAuthorization): Api.TypeUser {
  if (authorization.className === 'auth.Authorization') return authorization.user
  throw new LocalError('state', 'this phone number has no account; pass firstAndLastNames to create one')
}
