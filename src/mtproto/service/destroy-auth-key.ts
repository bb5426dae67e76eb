import { ID_DESTROY_AUTH_KEY_FAIL, constructorId } from '../constructors.js'
import type { Message } from '../container.js'
import type { Effect } from './effect.js'

/**
 * `destroy_auth_key_ok#f660e1d4 = DestroyAuthKeyRes;`
 * `destroy_auth_key_none#0a9f2259 = DestroyAuthKeyRes;`
 * `destroy_auth_key_fail#ea109b13 = DestroyAuthKeyRes;`
 * The key is gone, or was gone already; or the server keeps it.
 * @see https://core.telegram.org/mtproto/service_messages
 */
export function onDestroyAuthKeyRes(message: Message): readonly Effect[] {
  const destroyed = constructorId(message.body) !== ID_DESTROY_AUTH_KEY_FAIL
  return [{ do: 'emit', event: { type: 'auth-key-destroyed', destroyed } }]
}
