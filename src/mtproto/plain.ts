import { RemoteError } from '../errors/errors.js'

/** Bytes before the body: auth_key_id = 0, msg_id, message_data_length. */
export const PLAIN_HEADER = 20

export interface PlainMessage {
  readonly msgId: bigint
  /** One boxed object; real servers pad it with more bytes inside the declared length, which the reader ignores. */
  readonly body: Uint8Array
}

/** Whether a packet is a plaintext message: its auth_key_id is 0. */
export function isPlain(packet: Uint8Array): boolean {
  for (let i = 0; i < 8; i++) if (packet[i] !== 0) return false
  return packet.length >= 8
}

/**
 * A plaintext message, as the key exchange uses: `auth_key_id = 0 | msg_id | message_data_length | body`.
 * @see https://core.telegram.org/mtproto/description#unencrypted-message
 */
export function encodePlain(msgId: bigint, body: Uint8Array): Uint8Array {
  const packet = new Uint8Array(PLAIN_HEADER + body.length)
  const view = new DataView(packet.buffer)
  view.setBigInt64(8, msgId, true)
  view.setInt32(16, body.length, true)
  packet.set(body, PLAIN_HEADER)
  return packet
}

/**
 * Takes a plaintext message apart. The msg_id is judged by the caller: a server takes any, a client only odd ones.
 * @throws {RemoteError} `message` when the header is no plaintext header or the length does not fit the packet.
 */
export function decodePlain(packet: Uint8Array): PlainMessage {
  if (packet.length < PLAIN_HEADER + 4 || !isPlain(packet)) {
    throw new RemoteError('message', `a packet of ${packet.length} bytes is no plaintext message`, {
      path: 'auth_key_id',
      expected: `0, and at least ${PLAIN_HEADER + 4} bytes`,
      got: `${packet.length} bytes`,
    })
  }
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length)
  const length = view.getInt32(16, true)
  const available = packet.length - PLAIN_HEADER
  if (length < 4 || length !== available) {
    throw new RemoteError('message', `a plaintext message says it has ${length} bytes, the packet has ${available}`, {
      path: 'message_data_length',
      expected: String(available),
      got: String(length),
      offset: 16,
    })
  }
  return { msgId: view.getBigInt64(8, true), body: packet.subarray(PLAIN_HEADER, PLAIN_HEADER + length) }
}
