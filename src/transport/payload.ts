import { LocalError, TransportError } from '../errors/errors.js'
import { int32At } from '../tl/little-endian.js'
import type { Side, TransportFrame } from './codec.js'
import { MAX_PAYLOAD, MAX_PAYLOAD_TO_SERVER, MIN_PAYLOAD, TRANSPORT_ERROR_LENGTH } from './limits.js'

const ENCRYPTED_HEADER = 24 // auth_key_id, msg_key
const CIPHER_BLOCK = 16
const PLAIN_HEADER = 20 // auth_key_id = 0, msg_id, length

/** @throws {LocalError} `argument` when no frame can carry `payload`. */
export function checkOutgoing(payload: Uint8Array): void {
  const { length } = payload
  if (length === 0 || length > MAX_PAYLOAD || length % 4 !== 0) {
    throw new LocalError('argument', `a payload of ${length} bytes cannot be framed`, {
      expected: `4 to ${MAX_PAYLOAD} bytes, a multiple of 4`,
      got: `${length} bytes`,
    })
  }
}

/** The payload that carries a transport error, such as -404. */
export function transportErrorPayload(code: number): Uint8Array {
  if (!Number.isInteger(code) || code >= 0 || code < -0x8000_0000) {
    throw new LocalError('argument', `${code} is no transport error`, { expected: 'a negative int32', got: String(code) })
  }
  const payload = new Uint8Array(TRANSPORT_ERROR_LENGTH)
  new DataView(payload.buffer).setInt32(0, code, true)
  return payload
}

/** The longest payload that this side takes. */
export function longestPayloadTo(side: Side): number {
  return side === 'server' ? MAX_PAYLOAD_TO_SERVER : MAX_PAYLOAD
}

/** Refuses the number in a length prefix before a byte of its frame is kept. */
export function checkIncomingLength(length: number, minimum: number, maximum: number): void {
  if (length >= minimum && length <= maximum) return
  throw new TransportError('frame', `a frame announces ${length} bytes`, {
    path: 'length',
    expected: `${minimum} to ${maximum}`,
    got: String(length),
    offset: 0,
  })
}

/** Refuses a length that framings without padding never announce. */
export function checkAligned(length: number): void {
  if (length % 4 === 0) return
  throw new TransportError('frame', `a frame announces ${length} bytes, which is no multiple of 4`, {
    path: 'length',
    expected: 'a multiple of 4',
    got: String(length),
    offset: 0,
  })
}

/**
 * Tells a transport error from a message. Anything shorter than a plaintext header that is no error is refused.
 * @param payload the bytes of one frame, with the padding of the padded intermediate transport still behind them.
 */
export function frameOf(payload: Uint8Array, quickAckRequested: boolean): TransportFrame {
  if (payload.length >= MIN_PAYLOAD) return { kind: 'payload', payload, quickAckRequested }
  const code = payload.length < TRANSPORT_ERROR_LENGTH ? 0 : int32At(payload, 0)
  if (code < 0) return { kind: 'error', code }
  throw new TransportError('frame', `a frame of ${payload.length} bytes is neither a message nor a transport error`, {
    path: 'payload',
    expected: `${MIN_PAYLOAD} bytes or more, or a negative int32`,
    got: `${payload.length} bytes`,
  })
}

/**
 * Takes the random bytes off a frame of the padded intermediate transport, whose length alone does not tell them:
 * an encrypted message ends on a cipher block, a plaintext one says its own length. A plaintext length that cannot be
 * meant is left for the reader of the message to refuse.
 */
export function withoutPadding(frame: Uint8Array, maxPadding: number): Uint8Array {
  if (frame.length < MIN_PAYLOAD) return frame
  const encrypted = int32At(frame, 0) !== 0 || int32At(frame, 4) !== 0
  if (encrypted) {
    if (frame.length < ENCRYPTED_HEADER) return frame
    return frame.subarray(0, frame.length - ((frame.length - ENCRYPTED_HEADER) % CIPHER_BLOCK))
  }
  const end = PLAIN_HEADER + int32At(frame, 16)
  const padding = frame.length - end
  return padding > 0 && padding <= maxPadding && end >= PLAIN_HEADER ? frame.subarray(0, end) : frame
}
