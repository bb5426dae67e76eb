import * as Api from '../../../generated/api/index.js'
import { equalConstantTime } from '../../bytes/equal.js'
import { aesIgeDecrypt } from '../../crypto/aes-ige.js'
import { messageCipherKeysV1, messageKeyV1 } from '../../crypto/message-keys.js'
import { Reader } from '../../tl/reader.js'
import type { ServerKey } from '../core/auth-keys.js'
import type { ServiceContext } from './context.js'
import { toBigInt } from './longs.js'
import { refuse } from './refuse.js'
import type { ServiceRegistry } from './registry.js'

const ID_BIND_INNER = 0x75a3f765
const INNER_BYTES = 40

/**
 * `auth.bindTempAuthKey#cdd42a05 perm_auth_key_id:long nonce:long expires_at:int encrypted_message:bytes = Bool;`
 * Ties a temporary key to a permanent one. The proof is a message in the first version of the protocol, under the
 * permanent key, whose every field has to agree with the request that carries it.
 * @see https://core.telegram.org/method/auth.bindTempAuthKey
 */
export function addBindService(services: ServiceRegistry): void {
  services.on(Api.auth.BindTempAuthKey, 'anyone', (request, context) => {
    const { key } = context
    if (key.expiresAtMs === undefined) refuse(400, 'TEMP_AUTH_KEY_EMPTY')
    const permanentId = BigInt.asUintN(64, toBigInt(request.permAuthKeyId))
    const permanent = context.keys.get(permanentId, context.now * 1000)
    if (!permanent || permanent.expiresAtMs !== undefined) refuse(400, 'ENCRYPTED_MESSAGE_INVALID')
    if (key.boundTo && key.boundTo !== permanent) refuse(400, 'TEMP_AUTH_KEY_ALREADY_BOUND')
    if (!proves(request, permanent, context)) refuse(400, 'ENCRYPTED_MESSAGE_INVALID')
    key.boundTo = permanent
    return true
  })
}

function proves(request: Api.auth.BindTempAuthKey, permanent: ServerKey, context: ServiceContext): boolean {
  const inner = openBinding(request.encryptedMessage, permanent)
  if (!inner || inner.msgId !== context.msgId || inner.seqNo !== 0) return false
  const expiresAtMs = inner.expiresAt * 1000
  return (
    inner.nonce === toBigInt(request.nonce) &&
    inner.tempAuthKeyId === BigInt.asIntN(64, context.key.id) &&
    inner.permAuthKeyId === BigInt.asIntN(64, permanent.id) &&
    inner.tempSessionId === context.sessionId &&
    inner.expiresAt === request.expiresAt &&
    expiresAtMs > context.now * 1000 &&
    expiresAtMs <= context.key.expiresAtMs! + 60_000
  )
}

interface Binding {
  readonly msgId: bigint
  readonly seqNo: number
  readonly nonce: bigint
  readonly tempAuthKeyId: bigint
  readonly permAuthKeyId: bigint
  readonly tempSessionId: bigint
  readonly expiresAt: number
}

/**
 * `perm_auth_key_id | msg_key | AES-256-IGE(random:int128 | msg_id | seq_no | length | bind_auth_key_inner | padding)`
 * with `bind_auth_key_inner#75a3f765 nonce:long temp_auth_key_id:long perm_auth_key_id:long temp_session_id:long
 * expires_at:int = BindAuthKeyInner;`
 */
function openBinding(message: Uint8Array, permanent: ServerKey): Binding | undefined {
  const encrypted = message.subarray(24)
  if (encrypted.length < 80 || encrypted.length % 16 !== 0) return undefined
  if (new Reader(message).bigint() !== BigInt.asIntN(64, permanent.id)) return undefined
  const msgKey = message.subarray(8, 24)
  const { key, iv } = messageCipherKeysV1(permanent.authKey.bytes, msgKey, 'client')
  const plain = aesIgeDecrypt(encrypted, key, iv)
  const reader = new Reader(plain, 16)
  const msgId = reader.bigint()
  const seqNo = reader.int()
  const length = reader.int()
  if (length !== INNER_BYTES) return undefined
  if (!equalConstantTime(messageKeyV1(plain.subarray(0, 32 + length)), msgKey)) return undefined
  if (reader.uint() !== ID_BIND_INNER) return undefined
  return {
    msgId,
    seqNo,
    nonce: reader.bigint(),
    tempAuthKeyId: reader.bigint(),
    permAuthKeyId: reader.bigint(),
    tempSessionId: reader.bigint(),
    expiresAt: reader.int(),
  }
}
