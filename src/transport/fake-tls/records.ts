import { TransportError } from '../../errors/errors.js'
import { ChunkQueue } from '../chunk-queue.js'
import { MAX_PLAIN_RECORD, MAX_RECORD } from './limits.js'

export const HEADER = 5 // type, version, length

export const CHANGE_CIPHER_SPEC: Uint8Array = Uint8Array.of(0x14, 3, 3, 0, 1, 1)

const CHANGE_CIPHER = 0x14
export const HANDSHAKE = 0x16
export const APPLICATION_DATA = 0x17

/** `bytes` as application data records of TLS 1.2 and 1.3. */
export function encodeRecords(bytes: Uint8Array): Uint8Array {
  const records = Math.ceil(bytes.length / MAX_PLAIN_RECORD)
  const out = new Uint8Array(bytes.length + records * HEADER)
  let offset = 0
  for (let start = 0; start < bytes.length; start += MAX_PLAIN_RECORD) {
    const content = bytes.subarray(start, start + MAX_PLAIN_RECORD)
    out.set([APPLICATION_DATA, 3, 3, content.length >> 8, content.length & 255], offset)
    out.set(content, offset + HEADER)
    offset += HEADER + content.length
  }
  return out
}

/**
 * The length of the content of the record at `offset` of `queue`, once its header is there.
 * @throws {TransportError} `proxy` when it is none of `type`, or too long.
 */
export function recordLength(queue: ChunkQueue, offset: number, type: number, minor = 3): number | undefined {
  const expected = [type, 3, minor]
  for (let i = 0; i < expected.length && offset + i < queue.length; i++) {
    if (queue.at(offset + i) === expected[i]) continue
    throw new TransportError('proxy', 'the proxy does not answer as TLS', {
      path: 'record',
      expected: `${expected[i]}`,
      got: `${queue.at(offset + i)}`,
      offset: offset + i,
    })
  }
  if (queue.length < offset + HEADER) return undefined
  const length = (queue.at(offset + 3) << 8) | queue.at(offset + 4)
  if (length <= MAX_RECORD) return length
  throw new TransportError('proxy', `a TLS record announces ${length} bytes`, {
    path: 'record',
    expected: `${MAX_RECORD} at most`,
    got: String(length),
    offset: offset + 3,
  })
}

/** Takes the application data out of the records that follow a handshake. */
export class RecordReader {
  readonly #queue: ChunkQueue

  constructor(queue: ChunkQueue) {
    this.#queue = queue
  }

  /**
   * The content of the next record that has one, or `undefined` when more bytes are needed.
   * @throws {TransportError} `proxy` when what comes is no record of application data; an alert is one such.
   */
  next(): Uint8Array | undefined {
    const queue = this.#queue
    while (queue.length > 0) {
      const type = queue.at(0) === CHANGE_CIPHER ? CHANGE_CIPHER : APPLICATION_DATA
      const length = recordLength(queue, 0, type)
      if (length === undefined || queue.length < HEADER + length) return undefined
      queue.skip(HEADER)
      const content = queue.take(length)
      if (type === APPLICATION_DATA && length > 0) return content
    }
    return undefined
  }
}
