import { concat } from '../../src/bytes/bytes.js'
import { aesIgeDecrypt } from '../../src/crypto/aes-ige.js'
import { messageCipherKeysV1, messageKeyV1 } from '../../src/crypto/message-keys.js'
import type { AuthKey } from '../../src/mtproto/encrypted.js'
import { Reader } from '../../src/tl/reader.js'
import * as Mt from '../../generated/mtproto/index.js'
import type { Peer, Seen } from './peer.js'

export const ID_BIND = 0xcdd42a05
export const ID_NEAREST_DC = 0x1fb33026
const BOOL_TRUE = Uint8Array.of(0xb5, 0x75, 0x72, 0x99)

/** What a server finds in auth.bindTempAuthKey once it has decrypted it with the permanent key. */
export interface Binding {
  readonly permanentKeyId: bigint
  readonly outerNonce: bigint
  readonly outerExpiresAt: number
  readonly random: Uint8Array
  readonly msgId: bigint
  readonly seqNo: number
  readonly length: number
  readonly nonce: bigint
  readonly temporaryKeyId: bigint
  readonly innerPermanentKeyId: bigint
  readonly sessionId: bigint
  readonly expiresAt: number
  readonly msgKeyFits: boolean
}

const long = (bytes: Uint8Array): bigint => new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true)

/**
 * `bind_auth_key_inner#75a3f765 nonce:long temp_auth_key_id:long perm_auth_key_id:long temp_session_id:long
 * expires_at:int`
 */
export function openBinding(body: Uint8Array, permanent: AuthKey): Binding {
  const reader = new Reader(body, 4)
  const permanentKeyId = reader.bigint()
  const outerNonce = reader.bigint()
  const outerExpiresAt = reader.int()
  const encrypted = reader.byteString()
  reader.finish()
  const msgKey = encrypted.subarray(8, 24)
  const { key, iv } = messageCipherKeysV1(permanent.bytes, msgKey, 'client')
  const plain = aesIgeDecrypt(encrypted.subarray(24), key, iv)
  const inner = new Reader(plain)
  const random = inner.raw(16)
  const [msgId, seqNo, length] = [inner.bigint(), inner.int(), inner.int()]
  if (inner.uint() !== 0x75a3f765) throw new Error('the binding holds no bind_auth_key_inner')
  return {
    permanentKeyId,
    outerNonce,
    outerExpiresAt,
    random,
    msgId,
    seqNo,
    length,
    nonce: inner.bigint(),
    temporaryKeyId: inner.bigint(),
    innerPermanentKeyId: inner.bigint(),
    sessionId: inner.bigint(),
    expiresAt: inner.int(),
    msgKeyFits: Buffer.from(messageKeyV1(plain.subarray(0, 72))).equals(Buffer.from(msgKey)),
  }
}

/** Why a right server refuses a binding; `undefined` when it takes it. */
export function refusalOf(peer: Peer, message: Seen): string | undefined {
  const permanent = peer.keys.find(({ temporary, gone }) => !temporary && !gone)
  const temporary = peer.keys.find(({ key }) => Buffer.from(key.id).toString('hex') === message.keyId)
  if (!permanent || !temporary?.temporary) return 'ENCRYPTED_MESSAGE_INVALID'
  const binding = openBinding(message.body, permanent.key)
  const nowSeconds = peer.serverMs / 1000
  const right =
    binding.msgKeyFits &&
    binding.permanentKeyId === long(permanent.key.id) &&
    binding.innerPermanentKeyId === long(permanent.key.id) &&
    binding.temporaryKeyId === long(temporary.key.id) &&
    binding.nonce === binding.outerNonce &&
    binding.msgId === message.msgId &&
    binding.seqNo === 0 &&
    binding.length === 40 &&
    binding.sessionId === message.sessionId &&
    binding.expiresAt === binding.outerExpiresAt &&
    binding.expiresAt > nowSeconds &&
    binding.expiresAt <= temporary.expiresAt! + 1
  return right ? undefined : 'ENCRYPTED_MESSAGE_INVALID'
}

export function rpcError(code: number, message: string): Uint8Array {
  return new Mt.RpcError({ errorCode: code, errorMessage: message }).getBytes()
}

export const bound = (): Uint8Array => concat(BOOL_TRUE)
