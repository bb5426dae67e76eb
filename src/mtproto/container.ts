import { RemoteError } from '../errors/errors.js'
import { int32At, longAt, setInt32, setLong } from '../tl/little-endian.js'
import { ID_MSG_CONTAINER } from './constructors.js'
import { MAX_RECEIVED_CONTAINER_MESSAGES } from './limits.js'

/** One message as both sides see it inside an encrypted packet. `body` is a boxed object. */
export interface Message {
  readonly msgId: bigint
  readonly seqNo: number
  readonly body: Uint8Array
}

/** Bytes before the body of each message in a container: msg_id, seqno, bytes. */
export const INNER_HEADER = 16
/** Bytes before the first message: constructor id and count. */
export const CONTAINER_HEADER = 8

/**
 * The body of a container. Its own msg_id has to be higher than those of its messages, its seq_no at least as high.
 *
 * `msg_container#73f1f8dc messages:vector<%Message> = MessageContainer;`
 * `message msg_id:long seqno:int bytes:int body:Object = Message;`
 * @see https://core.telegram.org/mtproto/service_messages#simple-container
 */
export function encodeContainer(messages: readonly Message[]): Uint8Array {
  const bytes = new Uint8Array(containerLength(messages))
  writeContainer(bytes, messages)
  return bytes
}

export function containerLength(messages: readonly Message[]): number {
  let length = CONTAINER_HEADER
  for (const message of messages) length += INNER_HEADER + message.body.length
  return length
}

/** {@link encodeContainer} into the first bytes of `target`. */
export function writeContainer(target: Uint8Array, messages: readonly Message[]): void {
  setInt32(target, 0, ID_MSG_CONTAINER)
  setInt32(target, 4, messages.length)
  let offset = CONTAINER_HEADER
  for (const { msgId, seqNo, body } of messages) {
    setLong(target, offset, msgId)
    setInt32(target, offset + 8, seqNo)
    setInt32(target, offset + 12, body.length)
    target.set(body, offset + INNER_HEADER)
    offset += INNER_HEADER + body.length
  }
}

/**
 * The messages of a container; their bodies are views of `body`. Whether one of them is a container itself is for the
 * dispatch to see, since that has to be refused for packed ones as well.
 * @param containerMsgId the msg_id of the message that carries the container.
 * @param maxMessages a server may take more than the documentation allows, as real ones do.
 * @throws {RemoteError} `message` when the counts and lengths do not add up, or an inner msg_id is not lower.
 */
export function decodeContainer(
  body: Uint8Array,
  containerMsgId: bigint,
  maxMessages: number = MAX_RECEIVED_CONTAINER_MESSAGES,
): Message[] {
  if (body.length < CONTAINER_HEADER) throw refusal('is cut short', 'count', `${body.length} bytes`, 0)
  const count = int32At(body, 4) >>> 0
  if (count > maxMessages || count * (INNER_HEADER + 4) > body.length - CONTAINER_HEADER) {
    throw refusal('cannot hold its messages', 'count', `${count} messages in ${body.length} bytes`, 4)
  }
  const messages: Message[] = []
  let offset = CONTAINER_HEADER
  for (let i = 0; i < count; i++) {
    if (body.length - offset < INNER_HEADER) {
      throw refusal('is cut short', `messages[${i}]`, `${body.length - offset} bytes`, offset)
    }
    const msgId = longAt(body, offset)
    const seqNo = int32At(body, offset + 8)
    const length = int32At(body, offset + 12)
    const start = offset + INNER_HEADER
    if (length < 4 || length % 4 !== 0 || length > body.length - start) {
      throw refusal('has a message of an impossible length', `messages[${i}].bytes`, String(length), offset + 12)
    }
    if (msgId >= containerMsgId) {
      throw refusal(
        'has a message that is not older than the container',
        `messages[${i}].msg_id`,
        String(msgId),
        offset,
      )
    }
    messages.push({ msgId, seqNo, body: body.subarray(start, start + length) })
    offset = start + length
  }
  if (offset !== body.length) {
    throw refusal('has bytes behind its messages', 'messages', `${body.length - offset} bytes`, offset)
  }
  return messages
}

function refusal(what: string, path: string, got: string, offset: number): RemoteError {
  return new RemoteError('message', `a container ${what}: ${path}, ${got}`, {
    path: `msg_container.${path}`,
    got,
    offset,
  })
}
