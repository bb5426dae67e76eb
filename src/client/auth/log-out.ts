import * as Api from '../../../generated/api/index.js'
import type { ClientCore } from '../core.js'

/**
 * Ends the login at the server, has the key forgotten there, and deletes the session. The client is disconnected
 * afterwards.
 */
export async function logOut(core: ClientCore): Promise<void> {
  await core.ask(new Api.auth.LogOut())
  core.session.setAuthKey(undefined, core.session.dcId)
  core.session.delete()
  core.self = undefined
  core.close()
}
