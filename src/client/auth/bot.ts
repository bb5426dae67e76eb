import * as Api from '../../../generated/api/index.js'
import { LocalError } from '../../errors/errors.js'
import type { ClientCore } from '../core.js'
import { loggedIn, userOf } from './authorization.js'
import type { ApiCredentials, BotAuthParams } from './params.js'

/** Logs a bot in with its token. @throws {RpcError} ACCESS_TOKEN_INVALID, ACCESS_TOKEN_EXPIRED. */
export async function signInBot(
  core: ClientCore,
  { apiId, apiHash }: ApiCredentials,
  { botAuthToken }: BotAuthParams,
): Promise<Api.User> {
  if (typeof botAuthToken !== 'string' || botAuthToken === '') {
    throw new LocalError('argument', 'botAuthToken must be the token that BotFather gave', { path: 'botAuthToken' })
  }
  const request = new Api.auth.ImportBotAuthorization({ flags: 0, apiId: Number(apiId), apiHash, botAuthToken })
  return loggedIn(core, userOf(await core.ask(request)))
}
