import { writeLong } from '../../tl/write-long.js'
import { encryptTempKeyBinding } from '../../crypto/bind-temp-key.js'
import { randomUint64, type Random } from '../../platform/random.js'
import { writeUint } from '../../tl/write-primitives.js'
import { encodeWith } from '../../tl/encode-with.js'
import type { ServiceItem } from './service-item.js'
import type { SessionKey, SessionState } from './session.js'

const BIND_TEMP_AUTH_KEY = 0xcdd42a05
const GET_NEAREST_DC = 0x1fb33026

/**
 * The call that binds the temporary key of `session` to the permanent one. It names its own msg_id inside the part that
 * is encrypted under the permanent key, so that it is made when the msg_id is known.
 *
 * `auth.bindTempAuthKey#cdd42a05 perm_auth_key_id:long nonce:long expires_at:int encrypted_message:bytes = Bool;`
 * @see https://core.telegram.org/method/auth.bindTempAuthKey
 */
export function bindItem(session: SessionState, permanent: SessionKey, random: Random): ServiceItem {
  const body = (msgId: bigint): Uint8Array => {
    const nonce = BigInt.asIntN(64, randomUint64(random))
    const expiresAt = session.key.expiresAt ?? 0
    const binding = { msgId, nonce, tempAuthKeyId: idOf(session.key), tempSessionId: session.id, expiresAt }
    const encrypted = encryptTempKeyBinding(permanent.key.bytes, binding, random)
    return encodeWith((w) => {
      writeUint(w, BIND_TEMP_AUTH_KEY)
      writeLong(w, idOf(permanent))
      writeLong(w, nonce)
      w.int(expiresAt)
      w.bytes(encrypted)
    })
  }
  return { kind: 'bind', body, contentRelated: true, ids: [] }
}

/**
 * The smallest call that any key may make: its answer, even a refusal, shows that the server knows the key.
 *
 * `help.getNearestDc#1fb33026 = NearestDc;`
 */
export function keyCheckItem(): ServiceItem {
  const body = encodeWith((w) => writeUint(w, GET_NEAREST_DC))
  return { kind: 'key-check', body, contentRelated: true, ids: [] }
}

function idOf({ key }: SessionKey): bigint {
  return new DataView(key.id.buffer, key.id.byteOffset).getBigInt64(0, true)
}
