import { startsWithConstantTime } from '../bytes/equal.js'
import { pooled } from '../bytes/pooled.js'
import { authKeyId } from '../crypto/auth-key.js'
import { PACKET_HEADER_BYTES } from '../crypto/limits.js'
import { decryptMessage, decryptMessageElsewhere, encryptMessage, type Decipher } from '../crypto/message-cipher.js'
import { sha256 } from '../crypto/sha.js'
import { LocalError, RemoteError } from '../errors/errors.js'
import type { Random } from '../platform/random.js'
import { int32At, longAt, setInt32, setLong } from '../tl/little-endian.js'
import { isGathered } from '../transport/chunk-queue.js'
import type { Side } from '../transport/codec.js'
import { payloadWithRoom } from '../transport/room.js'
import type { Message } from './container.js'
import { MAX_PADDING, MIN_PADDING } from './limits.js'

/** Bytes before the ciphertext: auth_key_id and msg_key. */
export const ENCRYPTED_HEADER: number = PACKET_HEADER_BYTES
/** Bytes before the body inside: salt, session_id, msg_id, seq_no, message_data_length. */
export const INSIDE_HEADER = 32
const BLOCK = 16
/** Padding is drawn from so many whole blocks above the least, so that a packet's length does not tell its content. */
const PADDING_BLOCKS = 8

/** A 2048-bit key that both sides know, with the id by which packets name it. */
export interface AuthKey {
  readonly bytes: Uint8Array
  /** The low 64 bits of its SHA-1, as they stand in a packet. */
  readonly id: Uint8Array
}

/** @throws {LocalError} `argument` when the key has not 256 bytes. */
export function authKeyOf(bytes: Uint8Array): AuthKey {
  if (bytes.length !== 256) throw new LocalError('argument', `an auth key has 256 bytes, got ${bytes.length}`)
  return { bytes, id: authKeyId(bytes) }
}

/** What an encrypted packet carries. */
export interface SessionMessage extends Message {
  readonly salt: bigint
  readonly sessionId: bigint
}

/** Whether `packet` says that it is encrypted under `key`. */
export function isUnderKey(packet: Uint8Array, key: AuthKey): boolean {
  return startsWithConstantTime(packet, key.id)
}

/**
 * Encrypts one message (MTProto 2.0): `auth_key_id | msg_key | AES-256-IGE(salt | session_id | msg_id | seq_no | length
 * | body | padding)`, with 12 bytes of random padding or more.
 * @param side who sends the packet.
 * @see https://core.telegram.org/mtproto/description#protocol-description
 */
export function seal(key: AuthKey, side: Side, message: SessionMessage, random: Random): Uint8Array {
  const packet = draftPacket(message, message.body.length, random)
  packet.set(message.body, ENCRYPTED_HEADER + INSIDE_HEADER)
  sealDraft(key, side, packet)
  return packet
}

/**
 * A packet of which all but the body stands already, in the clear, random padding included. The body belongs at
 * `ENCRYPTED_HEADER + INSIDE_HEADER`: it is written there and encrypted there, and not copied on the way.
 */
export function draftPacket(
  { salt, sessionId, msgId, seqNo }: Omit<SessionMessage, 'body'>,
  bodyLength: number,
  random: Random,
): Uint8Array {
  const used = INSIDE_HEADER + bodyLength
  const least = MIN_PADDING + ((BLOCK - ((used + MIN_PADDING) % BLOCK)) % BLOCK)
  const dice = random.fill(pooled(1 + least + BLOCK * (PADDING_BLOCKS - 1)))
  const padding = least + BLOCK * (dice[0]! % PADDING_BLOCKS)
  const packet = payloadWithRoom(ENCRYPTED_HEADER + used + padding)
  setLong(packet, ENCRYPTED_HEADER, salt)
  setLong(packet, ENCRYPTED_HEADER + 8, sessionId)
  setLong(packet, ENCRYPTED_HEADER + 16, msgId)
  setInt32(packet, ENCRYPTED_HEADER + 24, seqNo)
  setInt32(packet, ENCRYPTED_HEADER + 28, bodyLength)
  packet.set(dice.subarray(1, 1 + padding), ENCRYPTED_HEADER + used)
  return packet
}

/** The padded plaintext of a draft. */
export function plaintextOf(draft: Uint8Array): Uint8Array {
  return draft.subarray(ENCRYPTED_HEADER)
}

/** Encrypts a draft in its place. */
export function sealDraft(key: AuthKey, side: Side, draft: Uint8Array): void {
  draft.set(key.id)
  encryptMessage(key.bytes, side, draft)
}

/** Encrypts a plaintext whose padding stands already; its length is a multiple of 16. */
export function encryptPadded(key: AuthKey, side: Side, plain: Uint8Array): Uint8Array {
  const packet = new Uint8Array(ENCRYPTED_HEADER + plain.length)
  packet.set(plain, ENCRYPTED_HEADER)
  sealDraft(key, side, packet)
  return packet
}

/**
 * Decrypts a packet and checks it, in the order that security demands: key id, msg_key over everything decrypted, and
 * only then length and padding. All failures before that point are one and the same error.
 * @param side who sent the packet.
 * @returns the plaintext message; its body is a view. session_id, msg_id and the salt are for the caller to judge.
 * @throws {RemoteError} `message`
 * @see https://core.telegram.org/mtproto/security_guidelines#mtproto-encrypted-messages
 */
export function open(key: AuthKey, side: Side, packet: Uint8Array): SessionMessage {
  return messageIn(decrypt(key, side, packet))
}

/** The message in a padded plaintext, as a view. @throws {RemoteError} `message`, when its length cannot be */
export function messageIn(plain: Uint8Array): SessionMessage {
  const length = int32At(plain, 28)
  const padding = plain.length - INSIDE_HEADER - length
  if (length < 0 || length % 4 !== 0 || padding < MIN_PADDING || padding > MAX_PADDING) {
    throw new RemoteError('message', `a packet with ${plain.length} bytes inside says that its body has ${length}`, {
      path: 'message_data_length',
      expected: `a multiple of 4 that leaves ${MIN_PADDING} to ${MAX_PADDING} bytes of padding`,
      got: String(length),
      offset: 28,
    })
  }
  return {
    salt: longAt(plain, 0),
    sessionId: longAt(plain, 8),
    msgId: longAt(plain, 16),
    seqNo: int32At(plain, 24),
    body: plain.subarray(INSIDE_HEADER, INSIDE_HEADER + length),
  }
}

/**
 * The plaintext of a packet with its padding, authenticated but not yet read. A packet that was put together from pieces,
 * so that nobody else looks at it, is decrypted in its place.
 * @throws {RemoteError} `message`
 */
export function decrypt(key: AuthKey, side: Side, packet: Uint8Array): Uint8Array {
  checkPacket(key, packet)
  const plain = isGathered(packet) ? packet.subarray(ENCRYPTED_HEADER) : pooled(packet.length - ENCRYPTED_HEADER)
  if (!decryptMessage(key.bytes, side, packet, plain)) throw unauthenticated()
  return plain
}

/**
 * {@link decrypt} by a cipher that works elsewhere. Nobody may change the packet meanwhile.
 * @throws {RemoteError} `message`, as a rejection
 */
export async function decryptElsewhere(
  decipher: Decipher,
  key: AuthKey,
  side: Side,
  packet: Uint8Array,
): Promise<Uint8Array> {
  checkPacket(key, packet)
  const plain = isGathered(packet) ? packet.subarray(ENCRYPTED_HEADER) : packet.slice(ENCRYPTED_HEADER)
  if (!(await decryptMessageElsewhere(decipher, key.bytes, side, packet, plain))) throw unauthenticated()
  return plain
}

/** @throws {RemoteError} `message`, unless these can be whole blocks under the key */
function checkPacket(key: AuthKey, packet: Uint8Array): void {
  const tooShort = packet.length < ENCRYPTED_HEADER + INSIDE_HEADER + BLOCK
  if (tooShort || (packet.length - ENCRYPTED_HEADER) % BLOCK !== 0 || !isUnderKey(packet, key)) throw unauthenticated()
}

/**
 * The token of a quick ack for a packet of the client, from its padded plaintext.
 * @see https://core.telegram.org/mtproto/mtproto-transports#quick-ack
 */
export function quickAckToken(key: AuthKey, plain: Uint8Array): number {
  const hash = sha256(key.bytes.subarray(88, 120), plain)
  return (new DataView(hash.buffer, hash.byteOffset).getUint32(0, true) | 0x8000_0000) >>> 0
}

function unauthenticated(): RemoteError {
  return new RemoteError('message', 'a packet is not authenticated by the key of this connection', { path: 'msg_key' })
}
